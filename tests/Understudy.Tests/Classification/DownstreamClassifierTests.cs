using Understudy.Classification;
using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.Classification;

public sealed class DownstreamClassifierTests
{
    private static readonly ClassifierOptions Short = new() { Steps = 30, BatchSize = 32 };
    private static readonly DpSgdOptions Private = new() { Epsilon = 2, Steps = 12, BatchSize = 8 };

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
        Assert.Equal((20, 128), (features.Count, features.Dimension));
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

    /// <summary>The best answer to smoothed labels of two classes is 1 − α/2, however easy the images are; decay by 10 at a rate of 0.001 takes about 1 − e^(−0.3) off weights in 60 steps.</summary>
    [Fact]
    public void Smoothed_labels_keep_it_from_certainty_and_decay_keeps_weights_small()
    {
        using var folder = new TempFolder();
        var images = BrightHalf(200, seed: 1);
        var options = Short with { Steps = 60 };
        var (plain, smoothed, decayed) = (Train("plain", options), Train("smoothed", options with { LabelSmoothing = 0.4 }), Train("decayed", options with { WeightDecay = 10 }));
        Assert.True(plain.Certainty > 0.95, $"certainty {plain.Certainty}");
        Assert.InRange(smoothed.Certainty, 0.7, 0.9);
        Assert.InRange(decayed.Norm / plain.Norm, 0.6, 0.9);

        (double Certainty, double Norm) Train(string name, ClassifierOptions options)
        {
            using var classifier = DownstreamClassifier.Train("cnn", images, options, new FitContext(folder[name], 1));
            classifier.Save(folder[$"{name}/model"]);
            using var scope = new TensorScope();
            var weight = StateDictionary.Load(folder[$"{name}/model/network.pt"])["trunk.0.weight"].ToArray<float>();
            return (classifier.Probabilities(images).Chunk(2).Average(p => p.Max()), Math.Sqrt(weight.Sum(value => (double)value * value)));
        }
    }

    [Fact]
    public void Images_without_labels_are_refused()
    {
        using var folder = new TempFolder();
        Assert.Contains("labels", Images.InputError(() => DownstreamClassifier.Train("cnn", Images.Noise(4), Short, new FitContext(folder.Path, 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_training_spends_its_epsilon_and_says_nothing_of_the_losses()
    {
        using var folder = new TempFolder();
        var images = BrightHalf(40, seed: 1);
        using var classifier = TrainPrivately(images, Private, folder);

        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var extract = ledger.Extract(Accounts.Account.Fingerprint);
        Assert.InRange(extract.Spent.Upper, 0.99 * Private.Epsilon, Private.Epsilon);
        Assert.Equal(("test", "classifier", (long)Private.Steps), (extract.Reservations.Single().Run, extract.Reservations[0].Plans.Single().Label, extract.Reservations[0].Plans[0].Spent));
        Assert.Empty(extract.Unaccounted);
        Assert.Equal("step,weightNorm", File.ReadLines(folder["losses.csv"]).First());
        Assert.Equal(Private.Steps, File.ReadLines(folder["losses.csv"]).Count() - 1);
    }

    [Fact]
    public void A_private_training_with_next_to_no_noise_learns()
    {
        using var folder = new TempFolder();
        using var classifier = TrainPrivately(BrightHalf(200, seed: 1), Private with { Epsilon = 1000, Steps = 30, BatchSize = 32 }, folder);
        var report = classifier.Evaluate(BrightHalf(200, seed: 2), 1).Report;
        Assert.True(report.Accuracy.Value > 0.97, $"accuracy {report.Accuracy.Value}");
    }

    [Fact]
    public void A_stopped_private_training_goes_on_with_what_is_left_and_a_finished_one_costs_nothing()
    {
        using var folder = new TempFolder();
        var images = BrightHalf(40, seed: 1);
        var options = Private with { Steps = 25 };
        using (var stop = new CancellationTokenSource())
        {
            // The first report comes after 5 steps; 10 have been paid for.
            Assert.Throws<OperationCanceledException>(() => TrainPrivately(images, options, folder, new Counter(stop.Cancel), stop.Token));
        }
        var (reported, again) = (0, 0);
        using var resumed = TrainPrivately(images, options, folder, new Counter(() => reported++));
        using var finished = TrainPrivately(images, options, folder, new Counter(() => again++));

        Assert.Equal((3, 0), (reported, again)); // after 10, 15 and 20 steps; 5 were lost
        Assert.Equal(resumed.Probabilities(images), finished.Probabilities(images));
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var extract = ledger.Extract(Accounts.Account.Fingerprint);
        Assert.Equal(25, Assert.Single(Assert.Single(extract.Reservations).Plans).Spent);
        Assert.InRange(extract.Spent.Upper, 0.99 * options.Epsilon, options.Epsilon);
    }

    [Fact]
    public void The_private_network_has_group_norm_where_the_other_has_batch_norm()
    {
        using var with = new Cnn(new ImageShape(1, 28, 28), 10);
        using var without = new Cnn(new ImageShape(1, 28, 28), 10, Normalization.Group);

        Assert.Equal(3, Parts(with).Count(part => part is BatchNorm));
        Assert.DoesNotContain(Parts(without), part => part is BatchNorm or Dropout);
        Assert.Equal(3, Parts(without).Count(part => part is GroupNorm));
        Assert.Equal(with.Parameters.Select(p => p.Count), without.Parameters.Select(p => p.Count));
        // What the private step says of the one, and not of the other.
        Assert.Contains("BatchNorm2d", Images.InputError(() => Sums(with)), StringComparison.Ordinal);
        Sums(without);

        static void Sums(Module network)
        {
            using var gradient = new ClippedGradient(network, new FlatClipping(1));
        }
    }

    [Fact]
    public void Private_images_without_labels_are_refused_before_anything_is_spent()
    {
        using var folder = new TempFolder();
        Assert.Contains("labels", Images.InputError(() => TrainPrivately(Images.Noise(40), Private, folder)), StringComparison.Ordinal);
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        Assert.Empty(ledger.Fingerprints());
    }

    private static DownstreamClassifier TrainPrivately(
        ImageSet images, DpSgdOptions options, TempFolder folder, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default) =>
        DownstreamClassifier.TrainPrivately("cnn", images.Private(folder), images.Shape, images.ClassNames, options, new FitContext(folder.Path, 1, progress, cancellation));

    private static IEnumerable<Module> Parts(Module module) => module.Children.SelectMany(child => Parts(child.Value)).Prepend(module);

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
