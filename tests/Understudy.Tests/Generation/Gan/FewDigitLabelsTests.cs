using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Metrics;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation.Gan;

/// <summary>What 100 labels of MNIST's digits teach, with the images of all others and without.</summary>
public sealed class FewDigitLabelsTests
{
    /// <summary>A short training errs on 0.05 fewer of the test images or so than the same network with the same labels; the paired interval is that wide or less.</summary>
    [Fact]
    public void Images_without_labels_save_errors_beyond_chance()
    {
        var path = Shared.Find("../shared/data/mnist");
        if (path is null) Assert.Skip("needs MNIST in ../shared/data/mnist");
        var data = ImageData.Open(path!);
        var (members, test) = (data.Train.Subset([.. Enumerable.Range(0, 10_000)]), data.Test!.Subset([.. Enumerable.Range(0, 3000)]));
        using var folder = new TempFolder();
        var options = new SemiSupervisedGanOptions
        {
            Labelled = 100, Steps = 700, BatchSize = 64, Width = 16, AdversarialWeight = 1, LearningRateD = 1e-3, LearningRateG = 3e-3, CheckpointEvery = 1000,
        };
        using var gan = new SemiSupervisedGan(options, members.Shape, members.ClassNames);
        gan.Fit(members.Private(folder), new FitContext(Directory.CreateDirectory(folder["gan"]).FullName, 1));
        var own = gan.Classify(test);
        var supervised = SupervisedDiscriminator.Classify(options, gan.Labelled(members, 1), test, new FitContext(Directory.CreateDirectory(folder["supervised"]).FullName, 1));
        var saved = PairedErrors.Saved(own, supervised, test.Labels!);
        Assert.True(saved.Interval.Lower > 0, $"{PairedErrors.Error(own, test.Labels!)} beside {PairedErrors.Error(supervised, test.Labels!)}: saved {saved}");
    }
}
