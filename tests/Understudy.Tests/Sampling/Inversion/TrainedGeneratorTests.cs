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

        // It has not seen its 200 images often enough to know them: 24 of them come back as 24 others do. By chance an AUC of 0.75 is three standard deviations off.
        var normal = Auc(generator, real.Subset([.. Enumerable.Range(0, 24)]), real.Subset([.. Enumerable.Range(2000, 24)]), options with { Iterations = 200 });
        Assert.InRange(normal, 0.25, 0.75);
    }

    [Fact]
    public void Low_errors_give_away_what_was_learnt_by_heart()
    {
        using var folder = new TempFolder();
        var real = Chests();
        var members = real.Subset([.. Enumerable.Range(0, 12)]);
        using var dcgan = Trained(members, folder, steps: 1500);
        using var generator = dcgan.OpenLatents();
        var others = real.Subset([.. Enumerable.Range(1000, 36)]);
        var auc = Auc(generator, members, others, new InversionOptions { Iterations = 250, Restarts = 4, CorrectionIterations = 0 });
        Assert.True(auc > 0.8, $"AUC {auc}");
    }

    /// <summary>How well a low error tells members from others.</summary>
    private static double Auc(ILatentGenerator generator, ImageSet members, ImageSet others, InversionOptions options)
    {
        var inversion = new GeneratorInversion(generator, options);
        double[] inside = inversion.Invert(Unlabelled(members), 1).Errors, outside = inversion.Invert(Unlabelled(others), 1).Errors;
        return RocCurve.FromScores([.. inside.Select(error => -error)], [.. outside.Select(error => -error)]).Auc;
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
