using Understudy.Data;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Sampling.Walk;
using Understudy.Tests.Data;
using Understudy.Torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Understudy.Tests.Sampling.Walk;

public sealed class PlanWalkTests : IDisposable
{
    private static readonly string[] Classes = ["a", "b"];
    private readonly SmoothGenerator generator = new();
    private readonly Tensor toIdentities;
    private readonly Tensor toClasses;

    public PlanWalkTests()
    {
        TorchRuntime.ManualSeed(8);
        toIdentities = TensorScope.Persist(Tensor.RandN([36, 10]));
        toClasses = TensorScope.Persist(Tensor.RandN([36, 2]));
    }

    public void Dispose()
    {
        generator.Dispose();
        toIdentities.Dispose();
        toClasses.Dispose();
    }

    [Fact]
    public void A_walk_keeps_its_ends_and_leaves_the_straight_line_for_flatter_identities()
    {
        var pairs = Ends().Pairs(6, seed: 2);
        var options = new WalkOptions { Points = 10, Steps = 150, LearningRate = 0.05, IdentityWeight = 4 };
        var result = new PlanWalk(generator, Identity, Task, options).Walk(pairs);
        var straight = LinearWalk.Between(pairs, options.Points);
        for (var p = 0; p < 6; p++)
        {
            Assert.Equal(pairs.Starts.Row(p).ToArray(), result.Paths.Latents[(p * 80)..((p * 80) + 8)]);
            Assert.Equal(pairs.Ends.Row(p).ToArray(), result.Paths.Latents[((p * 80) + 72)..((p * 80) + 80)]);
        }
        Assert.True(Divergence(result.Paths) < 0.6 * Divergence(straight));
        Assert.True(result.Losses[^1] < result.Losses[0]);
        Assert.Equal(0, result.ClampedShare);
    }

    // PLAN can only leave what a generator remembers. Here straight walks lead past records, and bent ones past them at a distance, in far more than half of the walks:
    // 28 of 40 by chance have a probability of 0.008.
    [Fact]
    public void Where_records_are_remembered_bent_walks_stay_farther_from_them()
    {
        const int walks = 40;
        using var remembering = new RememberingGenerator(records: 30, side: 6);
        var pairs = EndPoints.Draws(remembering, Task, 30, Classes, seed: 6).Pairs(walks, seed: 2);
        var options = new WalkOptions { Points = 12, Steps = 150, LearningRate = 0.05, DistanceWeight = WalkOptions.BalancedDistanceWeight(12), ClassWeight = 0 };
        var bent = new PlanWalk(remembering, Known, Task, options).Walk(pairs).Paths;
        var straight = LinearWalk.Between(pairs, options.Points);
        var farther = Enumerable.Range(0, walks).Count(p => Nearest(bent, p) > Nearest(straight, p));
        Assert.True(farther >= 0.7 * walks, $"{farther}");

        Tensor Known(Tensor x) => -(x.Flatten(1).Unsqueeze(1) - remembering.Records.Unsqueeze(0)).Square().Sum([2]); // [B, N]

        // The least squared distance from an inner image of a walk to a record.
        double Nearest(LatentPaths paths, int path)
        {
            using var scope = new TensorScope();
            var inner = Tensor.From<float>(paths.Latents.AsSpan(((path * paths.Points) + 1) * 2, (paths.Points - 2) * 2), paths.Points - 2, 2);
            return (-Known(remembering.Forward(inner, null))).Min().Item<float>();
        }
    }

    // With the published weight a path of few points hardly leaves the straight line, which no loss that falls would tell.
    [Fact]
    public void With_the_balanced_weight_few_points_bend_as_far_as_fifty_and_not_with_the_published_one()
    {
        Assert.Equal(1, WalkOptions.BalancedDistanceWeight(50));
        var pairs = Ends().Pairs(6, seed: 2);
        var (many, balanced, stiff) = (Bend(50, 1), Bend(12, WalkOptions.BalancedDistanceWeight(12)), Bend(12, 1));
        Assert.InRange(balanced / many, 0.8, 1.25);
        Assert.True(stiff < 0.3 * many, $"{stiff} of {many}");

        // The farthest that a path is from the straight line, a path on average.
        double Bend(int points, double distanceWeight)
        {
            var bent = new PlanWalk(generator, Identity, Task, new WalkOptions { Points = points, Steps = 400, LearningRate = 0.02, DistanceWeight = distanceWeight }).Walk(pairs).Paths;
            var straight = LinearWalk.Between(pairs, points);
            return Enumerable.Range(0, 6).Average(p => Enumerable.Range(p * points, points).Max(i => TensorPrimitives.Distance<float>(
                bent.Latents.AsSpan(i * 8, 8), straight.Latents.AsSpan(i * 8, 8))));
        }
    }

    [Fact]
    public void Pixels_that_the_classifiers_see_clamped_are_counted()
    {
        using var loud = new SmoothGenerator(scale: 1, gain: 1.5);
        var ends = EndPoints.Draws(loud, Task, 6, Classes, seed: 6);
        var result = new PlanWalk(loud, Identity, Task, new WalkOptions { Points = 6, Steps = 2 }).Walk(ends.Pairs(3, 1));
        Assert.InRange(result.ClampedShare, 0.1, 1);
    }

    [Fact]
    public void Published_and_clean_forms_give_the_same_path_where_four_divides()
    {
        var pairs = Ends().Pairs(2, seed: 2);
        var clean = new PlanWalk(generator, Identity, Task, new WalkOptions { Points = 10, Steps = 60, LearningRate = 0.02 }).Walk(pairs);
        var published = new PlanWalk(generator, Identity, Task, new WalkOptions { Points = 10, Steps = 60, LearningRate = 0.02, AsPublished = true }).Walk(pairs);
        for (var i = 0; i < clean.Paths.Latents.Length; i++) Assert.Equal(clean.Paths.Latents[i], published.Paths.Latents[i], 4);
    }

    [Fact]
    public void Walks_together_are_walks_alone_and_memory_does_not_grow_with_their_number()
    {
        var pairs = Ends().Pairs(70, seed: 3);
        var options = new WalkOptions { Points = 12, Steps = 5, LearningRate = 0.05 };
        var together = new PlanWalk(generator, Identity, Task, options).Walk(pairs);
        Assert.InRange(generator.LargestBatch, 1, 512);
        var last = new WalkPairs(Row(pairs.Starts, 69), Row(pairs.Ends, 69), [pairs.Labels[69]], Classes);
        var alone = new PlanWalk(generator, Identity, Task, options).Walk(last);
        var tail = together.Paths.Latents[^alone.Paths.Latents.Length..];
        for (var i = 0; i < tail.Length; i++) Assert.Equal(alone.Paths.Latents[i], tail[i], 4);

        static FeatureMatrix Row(FeatureMatrix m, int i) => new(m.Row(i).ToArray(), 1, m.Dimension);
    }

    [Fact]
    public void Nothing_stays_behind_a_walk()
    {
        var pairs = Ends().Pairs(3, seed: 3);
        var walk = new PlanWalk(generator, Identity, Task, new WalkOptions { Points = 6, Steps = 3 });
        walk.Walk(pairs);
        var before = Tensor.LiveCount;
        walk.Walk(pairs);
        Assert.Equal(before, Tensor.LiveCount);
    }

    [Fact]
    public void No_walk_leads_from_one_class_to_another()
    {
        var ends = Ends();
        var pairs = ends.Pairs(50, seed: 4);
        var classes = ends.Labels.Select((label, i) => (label, Row: ends.Latents.Row(i).ToArray())).ToArray();
        for (var p = 0; p < 50; p++)
        {
            Assert.Equal(pairs.Labels[p], classes.Single(c => c.Row.AsSpan().SequenceEqual(pairs.Starts.Row(p))).label);
            Assert.Equal(pairs.Labels[p], classes.Single(c => c.Row.AsSpan().SequenceEqual(pairs.Ends.Row(p))).label);
            Assert.False(pairs.Starts.Row(p).SequenceEqual(pairs.Ends.Row(p)));
        }
    }

    [Fact]
    public void The_latent_vector_of_a_private_image_is_no_end_point()
    {
        var inverted = LatentImages.Draw(generator, null, 40, 9);
        var labels = Enumerable.Range(0, 40).Select(i => i % 2).ToArray();
        var centroids = EndPoints.Centroids(inverted, KSame.Partition(inverted, 5, labels), Classes);
        Assert.Equal(8, centroids.Latents.Count);

        var leaking = centroids.Latents.Values.ToArray();
        inverted.Row(17).CopyTo(leaking.AsSpan(3 * 8));
        leaking[3 * 8] += 1e-4f;
        var error = Images.InputError(() => EndPoints.Checked(new FeatureMatrix(leaking, 8, 8), [.. centroids.Labels], Classes, inverted));
        Assert.Contains("end point 3 is the latent vector of private image 17", error, StringComparison.Ordinal);
        Assert.Equal("given", EndPoints.Checked(centroids.Latents, [.. centroids.Labels], Classes, inverted).Origin);
    }

    [Fact]
    public void End_points_are_means_of_k_people_however_many_images_each_has()
    {
        var inverted = LatentImages.Draw(generator, null, 40, 9);
        var members = Images.Noise(40, 1, 6, 6, group: i => $"person {i / 4}");
        members = new ImageSet(members.Shape, members.Pixels, [.. Enumerable.Range(0, 40).Select(i => i / 20)], Classes, members.Groups);
        var centroids = EndPoints.Centroids(members, inverted, 2);
        Assert.Equal(4, centroids.Latents.Count); // five people a class
        Assert.Equal([0, 0, 1, 1], centroids.Labels);
    }

    [Fact]
    public void What_a_walk_releases_leaves_its_ends_out_and_carries_its_class()
    {
        var pairs = Ends().Pairs(4, seed: 2);
        var paths = LinearWalk.Between(pairs, 7);
        var released = paths.Interior(generator);
        Assert.Equal(4 * 5, released.Count);
        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => pairs.Labels[i / 5])], released.Labels!);
        var frames = paths.Frames(generator, 2);
        Assert.Equal(7, frames.Count);
        Assert.Equal(released.Image(10).ToArray(), frames.Image(1).ToArray());
        var halfway = LinearWalk.Between(pairs, 3).Latents[8..16];
        for (var d = 0; d < 8; d++) Assert.Equal((pairs.Starts.Row(0)[d] + pairs.Ends.Row(0)[d]) / 2, halfway[d], 5);
    }

    private EndPoints Ends() => EndPoints.Draws(generator, Task, 12, Classes, seed: 6);

    private Tensor Identity(Tensor x) => x.Flatten(1).MatMul(toIdentities);

    private Tensor Task(Tensor x) => x.Flatten(1).MatMul(toClasses);

    private double Divergence(LatentPaths paths)
    {
        using var scope = new TensorScope();
        var images = generator.Forward(Tensor.From(paths.Latents, paths.Count * paths.Points, 8), null);
        return PlanLoss.UniformDivergence(Identity(images)).Mean().Item<float>();
    }
}
