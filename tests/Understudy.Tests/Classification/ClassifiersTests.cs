using Understudy.Classification;
using Understudy.Classification.Trees;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Script;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.Classification;

public sealed class ClassifiersTests
{
    private static readonly ClassifierOptions Short = new() { Steps = 40, BatchSize = 32, LearningRate = 3e-3, Boosting = new BoostingOptions { Rounds = 10 }, Forest = new ForestOptions { Trees = 20 } };

    public static TheoryData<ClassifierNetwork> Kinds => [.. Enum.GetValues<ClassifierNetwork>()];

    public static TheoryData<ClassifierNetwork> Networks => [.. Enum.GetValues<ClassifierNetwork>().Where(Classifiers.IsNetwork)];

    /// <summary>Labels that are coin flips: 300 of three classes stay within 1/3 ± 0.14, five standard errors.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_learns_what_can_be_learned_and_only_that(ClassifierNetwork kind)
    {
        var test = Bright(300, seed: 2);
        var probabilities = Fitted(kind, Bright(300, seed: 1), 1, test);
        Assert.All(probabilities.Chunk(3), row => Assert.Equal(1, row.Sum(), 1e-4f));
        Assert.True(Accuracy(probabilities, test) > 0.95, $"accuracy {Accuracy(probabilities, test)}");

        var noise = Images.Noise(300, 1, 8, 8, classes: 3, seed: 4);
        Assert.InRange(Accuracy(Fitted(kind, Images.Noise(300, 1, 8, 8, classes: 3, seed: 3), 1, noise), noise), 0.19, 0.48);
    }

    [Theory]
    [InlineData(ClassifierNetwork.LogisticRegression, false)]
    [InlineData(ClassifierNetwork.RandomForest, true)]
    [InlineData(ClassifierNetwork.GradientBoosting, true)]
    [InlineData(ClassifierNetwork.NearestNeighbours, false)]
    public void What_is_learnt_follows_from_the_seed(ClassifierNetwork kind, bool isRandom)
    {
        var (training, test) = (Images.Noise(300, 1, 8, 8, classes: 3, seed: 3), Images.Noise(50, 1, 8, 8, classes: 3, seed: 4));
        var first = Fitted(kind, training, 1, test);
        Assert.Equal(first, Fitted(kind, training, 1, test));
        Assert.Equal(!isRandom, first.SequenceEqual(Fitted(kind, training, 2, test)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Networks_with_group_norm_can_train_privately_and_those_with_batch_norm_cannot(ClassifierNetwork kind)
    {
        using var with = Classifiers.CreateNetwork(kind, NetworkSize.Small, Normalization.Batch, new ImageShape(1, 28, 28), 10);
        using var without = Classifiers.CreateNetwork(kind, NetworkSize.Small, Normalization.Group, new ImageShape(1, 28, 28), 10);
        Assert.DoesNotContain(Parts(without), part => part is BatchNorm or Dropout);
        Check(without);
        if (Parts(with).Any(part => part is BatchNorm)) Assert.Contains("BatchNorm2d", Images.InputError(() => Check(with)), StringComparison.Ordinal);
        using var scope = new TensorScope();
        Assert.Equal([2, without.FeatureCount], without.Features(Tensor.Zeros([2, 1, 28, 28])).Shape);

        static void Check(Module network)
        {
            using var gradient = new ClippedGradient(network, new FlatClipping(1));
        }
    }

    /// <summary>
    /// Parameters in millions for ten classes of 3×32×32, from table 1 of 1603.05027 (ResNet-164: 1.7), table 4 of 1605.07146 (WRN-28-10: 36.5)
    /// and section 5.3 of 1611.05431 (ResNeXt-29, 8×64d: 34.4).
    /// </summary>
    [Theory]
    [InlineData(ClassifierNetwork.ResNet, 1.7)]
    [InlineData(ClassifierNetwork.WideResNet, 36.5)]
    [InlineData(ClassifierNetwork.ResNeXt, 34.4)]
    public void Published_sizes_have_the_published_number_of_parameters(ClassifierNetwork kind, double millions)
    {
        using var network = Classifiers.CreateNetwork(kind, NetworkSize.Published, Normalization.Batch, new ImageShape(3, 32, 32), 10);
        Assert.Equal(millions, network.ParameterCount / 1e6, 0.06);
    }

    [Fact]
    public void A_private_training_of_what_is_no_network_is_refused_before_anything_is_spent()
    {
        using var folder = new TempFolder();
        var options = new DpSgdOptions { Network = ClassifierNetwork.RandomForest };
        Assert.Contains("RandomForest", Images.InputError(() => DownstreamClassifier.Plans(options, Accounts.Account, 100)), StringComparison.Ordinal);
        using var forest = DownstreamClassifier.Train("forest", Bright(60, seed: 1), Short with { Network = ClassifierNetwork.RandomForest }, new FitContext(folder.Path, 1));
        Assert.Contains("forest is no network", Images.InputError(() => forest.Extract(Bright(3, seed: 1))), StringComparison.Ordinal);
    }

    /// <summary>By central differences in 64 bits; the gradient itself is summed in 32.</summary>
    [Fact]
    public void The_gradient_of_logistic_regression_is_that_of_its_objective()
    {
        var images = Images.Noise(30, 1, 2, 2, classes: 3);
        using var model = new LogisticRegression(new LogisticOptions { Penalty = 2 }, 3);
        var at = Enumerable.Range(0, 15).Select(i => Math.Sin(i)).ToArray();
        var gradient = model.Objective(images, at).Gradient;
        for (var i = 0; i < at.Length; i++)
        {
            const double step = 1e-2;
            var (up, down) = ((double[])at.Clone(), (double[])at.Clone());
            (up[i], down[i]) = (at[i] + step, at[i] - step);
            Assert.Equal((model.Objective(images, up).Value - model.Objective(images, down).Value) / (2 * step), gradient[i], 2e-3);
        }
    }

    /// <summary>The lowest point of a valley that is 10,000 times as long as it is wide.</summary>
    [Fact]
    public void Quasi_Newton_steps_find_the_minimum()
    {
        var found = Lbfgs.Minimise([5, -3], x => (
            (0.5 * (x[0] - 1) * (x[0] - 1)) + (5000 * (x[1] - 2) * (x[1] - 2)), [x[0] - 1, 10_000 * (x[1] - 2)]), 100, 1e-8);
        Assert.Equal(1, found[0], 1e-6);
        Assert.Equal(2, found[1], 1e-6);
    }

    [Fact]
    public void Neighbours_are_those_of_a_full_sort_and_equally_near_ones_come_in_order()
    {
        var (queries, references) = (Images.Noise(7, seed: 1), Images.Noise(50, seed: 2));
        references = ImageSet.Concat(references, references);
        var found = NearestNeighbours.Find(queries, references, 5);
        for (var q = 0; q < queries.Count; q++)
        {
            var expected = Enumerable.Range(0, 100).OrderBy(r => Distance(queries.Image(q), references.Image(r))).ThenBy(r => r).Take(5);
            Assert.Equal(expected, found[(q * 5)..((q + 1) * 5)]);
        }
        Assert.Equal(found, NearestNeighbours.Find(Vectors(queries), Vectors(references), 5));
        Assert.Contains("at least 101", Images.InputError(() => NearestNeighbours.Find(queries, references, 101)), StringComparison.Ordinal);

        static FeatureMatrix Vectors(ImageSet images) => new(Array.ConvertAll(images.Pixels, value => (float)value), images.Count, images.Shape.Length);

        static long Distance(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
        {
            var sum = 0L;
            for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
            return sum;
        }
    }

    /// <summary>Features that are the left half alone: what the right half says is not heard.</summary>
    [Fact]
    public void Neighbours_vote_by_the_features_that_are_named()
    {
        using var folder = new TempFolder();
        using (var scope = new TensorScope())
        {
            using var half = new LeftHalf();
            ScriptExport.Save(half, Tensor.Zeros([2, 1, 8, 8]), folder["half.ts"]);
        }
        var training = Images.Noise(40, 1, 8, 8, classes: 2, seed: 1);
        var (swapped, width) = (training.Pixels.ToArray(), training.Shape.Width);
        for (var i = 0; i < swapped.Length; i++) swapped[i] = i % width < width / 2 ? swapped[i] : (byte)(255 - swapped[i]);
        var query = new ImageSet(training.Shape, swapped, training.Labels, training.ClassNames);
        var options = new ClassifierOptions { Network = ClassifierNetwork.NearestNeighbours, Neighbours = 1 };
        Assert.Equal(1, Vote(options with { Features = folder["half.ts"] }));
        Assert.InRange(Vote(options), 0, 0.99);

        double Vote(ClassifierOptions options)
        {
            using var classifier = Classifiers.Create(options, training.Shape, 2);
            classifier.Fit(training, new FitContext(folder.Path, 1));
            return Accuracy(classifier.Probabilities(query), query);
        }
    }

    private sealed class LeftHalf : Module
    {
        public override Tensor Forward(Tensor x) => x.Narrow(3, 0, x.Shape[3] / 2).Flatten(1);
    }

    private static float[] Fitted(ClassifierNetwork kind, ImageSet training, ulong seed, ImageSet test)
    {
        using var folder = new TempFolder();
        using var classifier = Classifiers.Create(Short with { Network = kind }, training.Shape, training.ClassCount);
        classifier.Fit(training, new FitContext(folder.Path, seed));
        return classifier.Probabilities(test);
    }

    private static double Accuracy(float[] probabilities, ImageSet test) =>
        probabilities.Chunk(test.ClassCount).Zip(test.Labels!, (row, label) => Array.IndexOf(row, row.Max()) == label ? 1.0 : 0).Average();

    private static IEnumerable<Module> Parts(Module module) => module.Children.SelectMany(child => Parts(child.Value)).Prepend(module);

    /// <summary>Noise of which each of three classes has a brighter part.</summary>
    private static ImageSet Bright(int count, int seed)
    {
        var set = Images.Noise(count, 1, 8, 8, classes: 3, seed: seed);
        for (var i = 0; i < set.Pixels.Length; i++)
            set.Pixels[i] = (byte)((set.Pixels[i] / 2) + (set.Labels![i / 64] == i / 16 % 4 ? 120 : 0));
        return set;
    }
}
