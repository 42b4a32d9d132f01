using Understudy.Classification;
using Understudy.Data;
using Understudy.Tests.Data;
using Understudy.Training;

namespace Understudy.Tests.Classification;

public sealed class DownstreamClassifierTests
{
    private static readonly ClassifierOptions Short = new() { Steps = 30, BatchSize = 32 };

    [Fact]
    public void It_learns_what_can_be_learned_and_only_that()
    {
        using var folder = new TempFolder();
        using var learned = DownstreamClassifier.Train("cnn", BrightHalf(200, seed: 1), Short, new FitContext(folder["a"], 1));
        var report = learned.Evaluate(BrightHalf(200, seed: 2), 1).Report;
        Assert.True(report.Accuracy.Value > 0.97, $"accuracy {report.Accuracy.Value}");

        // Labels that have nothing to do with the images: 200 coin flips stay within 0.5 ± 0.18 (five standard errors, false alarms below 1e-6).
        using var guessing = DownstreamClassifier.Train("cnn", Images.Noise(200, 1, 16, 16, classes: 2, seed: 3), Short, new FitContext(folder["b"], 1));
        Assert.InRange(guessing.Evaluate(Images.Noise(200, 1, 16, 16, classes: 2, seed: 4), 1).Report.Accuracy.Value, 0.32, 0.68);
    }

    [Fact]
    public void Probabilities_sum_to_one_and_features_have_the_stated_length()
    {
        using var folder = new TempFolder();
        var images = BrightHalf(20, seed: 1);
        using var classifier = DownstreamClassifier.Train("cnn", images, Short with { Steps = 2 }, new FitContext(folder.Path, 1));
        Assert.All(classifier.Probabilities(images).Chunk(2), p => Assert.Equal(1, p.Sum(), 1e-5f));
        var features = classifier.Extract(images);
        Assert.Equal((20, Cnn.FeatureCount), (features.Count, features.Dimension));
    }

    [Fact]
    public void A_finished_training_is_read_back_from_its_checkpoint()
    {
        using var folder = new TempFolder();
        var images = BrightHalf(40, seed: 1);
        using var first = DownstreamClassifier.Train("cnn", images, Short with { Steps = 3 }, new FitContext(folder.Path, 1));
        var steps = 0;
        using var again = DownstreamClassifier.Train("cnn", images, Short with { Steps = 3 }, new FitContext(folder.Path, 1, new Counter(() => steps++)));
        Assert.Equal(0, steps);
        Assert.Equal(first.Probabilities(images), again.Probabilities(images));
    }

    [Fact]
    public void Images_without_labels_are_refused()
    {
        using var folder = new TempFolder();
        Assert.Contains("labels", Images.InputError(() => DownstreamClassifier.Train("cnn", Images.Noise(4), Short, new FitContext(folder.Path, 1))), StringComparison.Ordinal);
    }

    /// <summary>Noise of which class 1 has a brighter left half.</summary>
    private static ImageSet BrightHalf(int count, int seed)
    {
        var set = Images.Noise(count, 1, 16, 16, classes: 2, seed: seed);
        for (var i = 0; i < set.Pixels.Length; i++)
        {
            var isLeft = i % 16 < 8;
            set.Pixels[i] = (byte)(set.Pixels[i] / 2 + (set.Labels![i / 256] == 1 && isLeft ? 100 : 0));
        }
        return set;
    }

    private sealed class Counter(Action count) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => count();
    }
}
