using Understudy.Attacks;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Baselines;
using Understudy.Metrics;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation.Baselines;

public sealed class BaselinesTests
{
    private const int Size = 12;
    private static readonly string[] Classes = ["dark", "bright"];

    /// <summary>
    /// Records of two classes that differ in brightness and vary in the brightness of their halves: the mean of each class and all that varies are found again in the samples.
    /// False alarms: of 2,000 samples, a mean or deviation of 20 grey levels is off by 3 with a probability below 1e-9.
    /// </summary>
    [Fact]
    public void Pca_draws_the_means_of_the_classes_and_what_varies_around_them()
    {
        using var folder = new TempFolder();
        var records = Halves(1000);
        using var pca = new Pca(new PcaOptions { Components = 2 }, records.Shape, Classes);
        pca.Fit(records.Private(folder), new FitContext(folder.Path, 1));
        var samples = pca.Sample(2000, 1);
        for (var label = 0; label < 2; label++)
        {
            foreach (var upper in new[] { true, false })
            {
                var (expected, actual) = (Half(records, label, upper), Half(samples, label, upper));
                Assert.Equal(expected.Average(), actual.Average(), 3.0);
                Assert.Equal(Deviation(expected), Deviation(actual), 3.0);
            }
        }
    }

    /// <summary>One component knows of the stronger half alone: the other stays at its mean.</summary>
    [Fact]
    public void Pca_draws_in_so_many_components_and_no_more()
    {
        using var folder = new TempFolder();
        var records = Halves(500);
        using var pca = new Pca(new PcaOptions { Components = 1 }, records.Shape, Classes);
        pca.Fit(records.Private(folder), new FitContext(folder.Path, 1));
        var samples = pca.Sample(400, 1);
        Assert.InRange(Deviation(Half(samples, 0, upper: true)), 15, 25);
        Assert.InRange(Deviation(Half(samples, 0, upper: false)), 0, 3);
    }

    [Theory]
    [InlineData("pca", true)]
    [InlineData("pca", false)]
    [InlineData("kde", true)]
    [InlineData("kde", false)]
    public void A_saved_model_draws_the_same_images_and_another_seed_others(string method, bool hasClasses)
    {
        using var folder = new TempFolder();
        var records = Halves(60);
        if (!hasClasses) records = new ImageSet(records.Shape, records.Pixels);
        var entry = Synthesizers.Get(method);
        Synthesizer Create() => entry.Create(Activator.CreateInstance(entry.OptionsType)!, records.Shape, records.ClassNames);
        var fitted = Create();
        fitted.Fit(records.Private(folder), new FitContext(folder.Path, 1));
        fitted.Save(folder["model"]);
        var loaded = Create();
        loaded.Load(folder["model"]);
        var expected = fitted.Sample(20, 9);
        Images.AssertEqual(expected, loaded.Sample(20, 9));
        Assert.NotEqual(expected.Pixels, loaded.Sample(20, 10).Pixels);
        Assert.Equal(hasClasses, expected.Labels is not null);
        if (!hasClasses) return;
        var asked = Enumerable.Repeat(1, 20).ToArray();
        Assert.Equal(asked, loaded.Sample(20, 9, asked).Labels!);
        Assert.True(loaded.Sample(20, 9, asked).Pixels.Average(p => p) > 30 + loaded.Sample(20, 9, new int[20]).Pixels.Average(p => p));
    }

    [Fact]
    public void Pca_holds_no_record()
    {
        using var folder = new TempFolder();
        var records = Images.Noise(20, 1, Size, Size, classes: 2);
        using var pca = new Pca(new PcaOptions(), records.Shape, records.ClassNames);
        pca.Fit(records.Private(folder), new FitContext(folder["fit"], 1));
        pca.Save(folder["model"]);
        foreach (var file in Directory.GetFiles(folder["model"]))
        {
            var bytes = File.ReadAllBytes(file);
            for (var i = 0; i < records.Count; i++) Assert.Equal(-1, bytes.AsSpan().IndexOf(records.Image(i)));
        }
    }

    /// <summary>
    /// Noise of a tenth of the range hides no record from the plainest attack; nor are 50 components found in 300 records of noise those of other records. The AUC of a worthless attack
    /// on 300 against 300 has a standard error of 0.024: 0.7 is passed with probability 1e-16.
    /// </summary>
    [Fact]
    public void An_attack_finds_the_records_behind_the_windows_and_behind_components_of_few_records()
    {
        Assert.InRange(Auc("kde"), 0.99, 1);
        Assert.InRange(Auc("pca"), 0.7, 0.99);
        Assert.Contains("the records themselves", Synthesizers.Get("kde").Card.Paper, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_without_records_of_a_class_are_refused()
    {
        using var folder = new TempFolder();
        var kde = new KernelDensity(new KernelDensityOptions(), new ImageShape(1, Size, Size), Classes);
        var records = Halves(20);
        kde.Fit(records.Subset([.. Enumerable.Range(0, 20).Where(i => records.Labels![i] == 0)]).Private(folder), new FitContext(folder.Path, 1));
        Assert.Equal("kde has no record of class 'bright' to draw from; ask for classes that the members have", Images.InputError(() => kde.Sample(4, 1)));
    }

    private static double Auc(string method)
    {
        using var folder = new TempFolder();
        var (members, others) = (Images.Noise(300, 1, Size, Size), Images.Noise(300, 1, Size, Size, seed: 2));
        var entry = Synthesizers.Get(method);
        var synthesizer = entry.Create(Activator.CreateInstance(entry.OptionsType)!, members.Shape, []);
        using var freed = synthesizer as IDisposable;
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        var scores = new GanLeaks().Score(synthesizer.Sample(2000, 1), ImageSet.Concat(members, others), null, 1);
        return RocCurve.FromScores(scores.AsSpan(0, 300), scores.AsSpan(300)).Auc;
    }

    /// <summary>Halves of one grey each: N(m, 20²) above and N(m, 8²) below, m 90 in one class and 160 in the other.</summary>
    private static ImageSet Halves(int count)
    {
        var random = new Random(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var pixels = new byte[count * Size * Size];
        for (var i = 0; i < count; i++)
        {
            var mean = i % 2 == 0 ? 90 : 160;
            var (upper, lower) = ((byte)Math.Round(mean + (20 * Normal())), (byte)Math.Round(mean + (8 * Normal())));
            pixels.AsSpan(i * Size * Size, Size * Size / 2).Fill(upper);
            pixels.AsSpan((i * Size * Size) + (Size * Size / 2), Size * Size / 2).Fill(lower);
        }
        return new ImageSet(new ImageShape(1, Size, Size), pixels, [.. Enumerable.Range(0, count).Select(i => i % 2)], Classes);
    }

    private static double[] Half(ImageSet images, int label, bool upper) =>
        [.. Enumerable.Range(0, images.Count).Where(i => images.Labels![i] == label).Select(i => (double)images.Image(i)[upper ? 0 : ^1])];

    private static double Deviation(double[] values) => Math.Sqrt(values.Average(v => v * v) - (values.Average() * values.Average()));
}
