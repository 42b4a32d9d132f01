using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Sampling.Walk;

/// <summary>Latent vectors between which one may walk: means of k identities, or draws of the generator, never what one private image was inverted to.</summary>
/// <remarks>The ends of a path are not bent away from identities, so an inverted private image there would be released as it is.</remarks>
public sealed class EndPoints
{
    // An end point this much nearer to an inverted image than inverted images are to each other shows that image.
    private const double NearShare = 0.1;

    private readonly int[] labels;
    private readonly IReadOnlyList<string> classNames;

    private EndPoints(FeatureMatrix latents, int[] labels, IReadOnlyList<string> classNames, string origin) =>
        (Latents, this.labels, this.classNames, Origin) = (latents, labels, classNames, origin);

    /// <summary>[M, nz].</summary>
    public FeatureMatrix Latents { get; }

    /// <summary>[M] classes.</summary>
    public IReadOnlyList<int> Labels => labels;

    /// <summary>Where they come from, in a few words.</summary>
    public string Origin { get; }

    /// <summary>Means of groups of inverted private images.</summary>
    /// <param name="inverted">[N, nz] latent vectors of private images.</param>
    /// <param name="groups">Groups of these, of known classes.</param>
    /// <param name="classNames">[K] names of the classes.</param>
    /// <exception cref="InputException">A group has no class.</exception>
    public static EndPoints Centroids(FeatureMatrix inverted, IReadOnlyList<KSameGroup> groups, IReadOnlyList<string> classNames)
    {
        if (groups.Any(group => group.Label is null)) throw new InputException("the groups have no classes, and a walk is of one class; give labels");
        var k = groups.Min(group => group.Identities.Count);
        var points = new EndPoints(KSame.Means(inverted, groups), [.. groups.Select(group => group.Label!.Value)], classNames, $"means of {k} identities or more");
        points.RequireApart(inverted);
        return points;
    }

    /// <summary>Means of groups of k members, each of one class: several images of one person, or copies of an image, count once.</summary>
    /// <param name="members">N images with labels, and with groups where one person may have several.</param>
    /// <param name="inverted">[N, nz] their latent vectors.</param>
    /// <param name="k">Identities a group; see <see cref="KSame"/>.</param>
    /// <exception cref="InputException">The images have no labels, or a class has fewer than k identities.</exception>
    public static EndPoints Centroids(ImageSet members, FeatureMatrix inverted, int k) =>
        Centroids(inverted, KSame.Partition(members, inverted, k), members.ClassNames);

    /// <summary>Draws of the generator, of no private image.</summary>
    /// <param name="generator">Draws them.</param>
    /// <param name="task">The task classifier's logits [B, K] of images [B, C, H, W], which gives the classes where the generator knows none.</param>
    /// <param name="count">M.</param>
    /// <param name="classNames">[K] names of the classes.</param>
    /// <param name="seed">Same seed, same points.</param>
    public static EndPoints Draws(ILatentGenerator generator, Func<Tensor, Tensor> task, int count, IReadOnlyList<string> classNames, ulong seed)
    {
        var known = generator.ClassNames.Count == 0 ? null : Enumerable.Range(0, count).Select(i => i % classNames.Count).ToArray();
        return Draws(generator, task, known, count, classNames, seed);
    }

    /// <summary>Draws of a generator that knows classes, all of one.</summary>
    /// <param name="generator">Draws them.</param>
    /// <param name="label">The class.</param>
    /// <param name="count">M.</param>
    /// <param name="classNames">[K] names of the classes.</param>
    /// <param name="seed">Same seed, same points.</param>
    public static EndPoints Draws(ILatentGenerator generator, int label, int count, IReadOnlyList<string> classNames, ulong seed) =>
        Draws(generator, task: null, [.. Enumerable.Repeat(label, count)], count, classNames, seed);

    /// <summary>The points of one class.</summary>
    public EndPoints OfClass(int label)
    {
        int[] own = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == label)];
        return new EndPoints(Gather(own), [.. own.Select(_ => label)], classNames, Origin);
    }

    private static EndPoints Draws(ILatentGenerator generator, Func<Tensor, Tensor>? task, int[]? known, int count, IReadOnlyList<string> classNames, ulong seed)
    {
        var latents = LatentImages.Draw(generator, known, count, Seed.Derive(seed, "end points"));
        return new EndPoints(latents, known ?? Predicted(generator, task!, latents), classNames, "draws of the generator");
    }

    /// <summary>Given latent vectors, once it is known that none shows a private image.</summary>
    /// <param name="latents">[M, nz].</param>
    /// <param name="labels">[M] classes.</param>
    /// <param name="classNames">[K] names of the classes.</param>
    /// <param name="inverted">[N, nz] latent vectors of the private images.</param>
    /// <exception cref="InputException">One is, or is very near to, the latent vector of a private image.</exception>
    public static EndPoints Checked(FeatureMatrix latents, int[] labels, IReadOnlyList<string> classNames, FeatureMatrix inverted)
    {
        if (labels.Length != latents.Count) throw new InputException($"{labels.Length} labels for {latents.Count} end points; give one a point");
        var points = new EndPoints(latents, labels, classNames, "given");
        points.RequireApart(inverted);
        return points;
    }

    /// <summary>Refuses points that show a private image.</summary>
    /// <param name="inverted">[N, nz] latent vectors of private images, at least two.</param>
    /// <exception cref="InputException">A point is nearer to one than a tenth of the median distance of these to each other's nearest.</exception>
    public void RequireApart(FeatureMatrix inverted)
    {
        var radii = NearestNeighbours.SquaredRadii(inverted, 1).Order().ToArray();
        var limit = NearShare * NearShare * radii[radii.Length / 2];
        var nearest = NearestNeighbours.Find(Latents, inverted);
        for (var i = 0; i < Latents.Count; i++)
        {
            if (nearest.SquaredDistances[i] <= limit)
                throw new InputException($"end point {i} is the latent vector of private image {nearest.Indices[i]}, or nearly; walk between means of k images or draws of the generator");
        }
    }

    /// <summary>Random pairs of different points of one class; classes as often as they have points.</summary>
    /// <param name="count">P.</param>
    /// <param name="seed">Same seed, same pairs.</param>
    /// <exception cref="InputException">No class has two points.</exception>
    public WalkPairs Pairs(int count, ulong seed)
    {
        var classes = Enumerable.Range(0, labels.Length).GroupBy(i => labels[i]).Where(points => points.Count() > 1).ToDictionary(points => points.Key, points => points.ToArray());
        if (classes.Count == 0) throw new InputException($"{labels.Length} end points, no two of one class; give more");
        var usable = classes.Values.SelectMany(points => points).Order().ToArray();
        var random = new SplitMix64(Seed.Derive(seed, "pairs"));
        var (starts, ends) = (new int[count], new int[count]);
        for (var p = 0; p < count; p++)
        {
            starts[p] = usable[random.NextInt(usable.Length)];
            var others = classes[labels[starts[p]]];
            var other = random.NextInt(others.Length - 1);
            ends[p] = others[other] == starts[p] ? others[^1] : others[other];
        }
        return new WalkPairs(Gather(starts), Gather(ends), Array.ConvertAll(starts, i => labels[i]), classNames);
    }

    private FeatureMatrix Gather(int[] indices) =>
        new([.. indices.SelectMany(i => Latents.Row(i).ToArray())], indices.Length, Latents.Dimension);

    private static int[] Predicted(ILatentGenerator generator, Func<Tensor, Tensor> task, FeatureMatrix latents)
    {
        using var noGrad = Autograd.NoGrad();
        var predicted = new List<int>();
        for (var start = 0; start < latents.Count; start += LatentImages.Batch)
        {
            using var scope = new TensorScope();
            var images = generator.Forward(LatentImages.Rows(latents, start, Math.Min(LatentImages.Batch, latents.Count - start), generator.Device), null);
            predicted.AddRange(task(images).ArgMax(1).ToArray<long>().Select(label => (int)label));
        }
        return [.. predicted];
    }
}
