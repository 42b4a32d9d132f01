using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Gan;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Sampling.Inversion;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Sampling.Inversion;

/// <summary>What inversion finds in generators that were trained.</summary>
public sealed class TrainedGeneratorTests
{
    [Fact]
    public void Its_own_samples_come_back_and_real_images_less_well()
    {
        using var folder = new TempFolder();
        var real = Chests();
        using var dcgan = Trained(real.Subset([.. Enumerable.Range(0, 200)]), folder, steps: 150);
        using var generator = dcgan.OpenLatents();
        var options = new InversionOptions { Iterations = 1200, Restarts = 2, CorrectionIterations = 0 };
        var drawn = LatentImages.Draw(generator, null, 12, 1);
        var own = new GeneratorInversion(generator, options).Invert(LatentImages.Decode(generator, drawn), 2);
        Assert.True(SampleSummary.Of(own.Errors).Median < 1e-3, $"{SampleSummary.Of(own.Errors).Median}");
        var others = new GeneratorInversion(generator, options with { Iterations = 200 }).Invert(Unlabelled(real.Subset([.. Enumerable.Range(300, 12)])), 2);
        Assert.True(SampleSummary.Of(others.Errors).Median > 5 * SampleSummary.Of(own.Errors).Median);
    }

    [Fact]
    public void Low_errors_give_away_what_was_learnt_by_heart()
    {
        using var folder = new TempFolder();
        var real = Chests();
        var members = real.Subset([.. Enumerable.Range(0, 12)]);
        using var dcgan = Trained(members, folder, steps: 1500);
        using var generator = dcgan.OpenLatents();
        var inversion = new GeneratorInversion(generator, new InversionOptions { Iterations = 250, Restarts = 4, CorrectionIterations = 0 });
        var inside = inversion.Invert(Unlabelled(members), 1).Errors;
        var outside = inversion.Invert(Unlabelled(real.Subset([.. Enumerable.Range(1000, 36)])), 1).Errors;
        var curve = RocCurve.FromScores([.. inside.Select(error => -error)], [.. outside.Select(error => -error)]);
        Assert.True(curve.Auc > 0.8, $"AUC {curve.Auc}");
    }

    private static ImageSet Chests() => NpzFile.Read(Shared.Find("data/pneumoniamnist/pneumoniamnist.npz")!).Train;

    private static ImageSet Unlabelled(ImageSet images) => new(images.Shape, images.Pixels);

    private static Dcgan Trained(ImageSet members, TempFolder folder, int steps)
    {
        var options = new PlainGanOptions { Steps = steps, BatchSize = 24, Width = 16, LatentSize = 32, CheckpointEvery = steps, LearningRateD = 5e-4, LearningRateG = 5e-4, EmaDecay = 0.99 };
        var dcgan = (Dcgan)Synthesizers.Get("dcgan").Create(options, members.Shape, members.ClassNames);
        dcgan.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        return dcgan;
    }
}
