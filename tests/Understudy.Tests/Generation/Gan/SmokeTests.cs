using System.Globalization;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation.Gan;

/// <summary>Every model of the zoo for 50 steps on digits: nothing overflows, and what was trained is there again.</summary>
public sealed class SmokeTests
{
    private const int Steps = 50;

    private static readonly Lazy<ImageSet?> Digits = new(() =>
        Shared.Find("../shared/data/mnist") is { } path ? ImageData.Open(path).Train.Subset([.. Enumerable.Range(0, 2000)]) : null);

    // Losses that are sums of softplus, and so positive: where D is sure that an image is generated, they are steep. The saturating -softplus(D(G(z))) is negative.
    private static readonly HashSet<string> Positive = ["generator", "translator", "adversarial", "sourceGenerator", "encoder", "decoder"];
    private static readonly HashSet<string> OfAnySign = ["hingegan", "wgan", "wgangp", "fgan"];

    public static TheoryData<string> Methods =>
        ["fcgan", "dcgan", "lsgan", "hingegan", "wgan", "wgangp", "fgan", "cgan", "acgan", "infogan", "stylegan", "lapgan", "cogan", "ssgan", "vae", "aae", "vaegan", "ali", "daae", "pix2pix", "cyclegan", "srgan"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fifty_steps_on_digits_stay_finite_and_the_checkpoint_draws_the_same(string method)
    {
        if (Digits.Value is not { } digits) { Assert.Skip("needs MNIST in ../shared/data/mnist"); return; }
        using var folder = new TempFolder();
        var entry = Synthesizers.Get(method);
        Synthesizer Create() => entry.Create(SmallOptions.Of(entry, Steps, 500, rate: 2e-4), digits.Shape, digits.ClassNames);
        var trained = Create();
        using var freed = trained as IDisposable;
        Assert.Equal(Steps, trained.Fit(digits.Private(folder), new FitContext(folder.Path, 1)));

        var lines = File.ReadAllLines(folder["losses.csv"]);
        Assert.Equal(1 + Steps, lines.Length);
        var names = lines[0].Split(',');
        foreach (var line in lines[1..])
        {
            var losses = Array.ConvertAll(line.Split(','), text => double.Parse(text, CultureInfo.InvariantCulture));
            Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
            if (OfAnySign.Contains(method)) continue;
            for (var i = 1; i < names.Length; i++)
                if (Positive.Contains(names[i])) Assert.True(losses[i] > 0 || (method == "srgan" && losses[0] == 1), $"{names[i]} is {losses[i]} at step {losses[0]}");
        }

        // The training is over, so the second only opens what it left.
        var sample = trained.Sample(8, 3);
        var reopened = Create();
        using var freedToo = reopened as IDisposable;
        Assert.Equal(Steps, reopened.Fit(digits.Private(folder, "again"), new FitContext(folder.Path, 1)));
        Assert.Equal(sample.Pixels, reopened.Sample(8, 3).Pixels);
        Assert.Equal(sample.Labels, reopened.Sample(8, 3).Labels);
    }
}
