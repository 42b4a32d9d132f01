using System.Globalization;
using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation.Gan;

public sealed class LabelledGanTests
{
    /// <summary>Images whose upper half is bright in one class and whose lower half is in the other.</summary>
    [Theory]
    [InlineData("acgan")]
    [InlineData("cgan")]
    [InlineData("cgan with projection")]
    [InlineData("cgan aware of matching")]
    public void A_generator_soon_draws_the_class_asked_for(string method)
    {
        using var folder = new TempFolder();
        const int size = 28;
        var members = Images.Noise(200, 1, size, size, classes: 2);
        for (var i = 0; i < members.Pixels.Length; i++)
            members.Pixels[i] = (byte)((members.Pixels[i] / 8) + (IsBright(i, members.Labels![i / (size * size)]) ? 200 : 0));
        using GanSynthesizer gan = method == "acgan"
            ? new AcGan(new AcGanOptions { Steps = 150, BatchSize = 32, Width = 8, LatentSize = 8, Hidden = 32, EmaDecay = 0.9 }, members.Shape, members.ClassNames)
            : new ConditionalGan(
                new ConditionalGanOptions
                {
                    Steps = 150, BatchSize = 32, Width = 8, LatentSize = 8, Hidden = 32, EmaDecay = 0.9, Projection = method == "cgan with projection", MatchingAware = method == "cgan aware of matching",
                },
                members.Shape, members.ClassNames);
        gan.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        var sample = gan.Sample(40, 1, [.. Enumerable.Range(0, 40).Select(i => i % 2)]);
        var bright = Enumerable.Range(0, sample.Pixels.Length).Where(i => IsBright(i, sample.Labels![i / (size * size)])).Average(i => (double)sample.Pixels[i]);
        var dark = Enumerable.Range(0, sample.Pixels.Length).Where(i => !IsBright(i, sample.Labels![i / (size * size)])).Average(i => (double)sample.Pixels[i]);
        Assert.True(bright > dark + 60, $"the bright halves have a mean of {bright}, the dark ones of {dark}");

        static bool IsBright(int place, int label) => place % (size * size) / (size * size / 2) == label;
    }

    /// <summary>Noise and the images of a generator that does not learn are easily told apart: the loss falls from 2 ln 2 = 1.386, unless slopes cost too much for any to be worth it.</summary>
    [Theory]
    [InlineData("acgan")]
    [InlineData("cgan")]
    [InlineData("cgan with projection")]
    public void The_penalty_holds_the_discriminator(string method)
    {
        Assert.InRange(LeastLoss(0), 0, 1);
        Assert.InRange(LeastLoss(1e6), 1.3, 2);

        float LeastLoss(double penalty)
        {
            using var folder = new TempFolder();
            var members = Images.Noise(64, 1, 28, 28, classes: 2);
            using GanSynthesizer gan = method == "acgan"
                ? new AcGan(new AcGanOptions { Steps = 40, BatchSize = 16, Width = 8, LatentSize = 4, Hidden = 32, LearningRateG = 1e-6, Penalty = penalty }, members.Shape, members.ClassNames)
                : new ConditionalGan(
                    new ConditionalGanOptions { Steps = 40, BatchSize = 16, Width = 8, LatentSize = 4, Hidden = 32, LearningRateG = 1e-6, Penalty = penalty, Projection = method != "cgan" },
                    members.Shape, members.ClassNames);
            gan.Fit(members.Private(folder), new FitContext(folder.Path, 1));
            return File.ReadLines(folder["losses.csv"]).Skip(1).Min(line => float.Parse(line.Split(',')[1], CultureInfo.InvariantCulture));
        }
    }
}
