using System.Numerics.Tensors;
using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Sampling;

/// <summary>k-same: releases means of groups of at least k identities instead of records.</summary>
/// <remarks>
/// Newton, Sweeney, Malin, "Preserving privacy by de-identifying face images", IEEE TKDE 17(2), 2005; on latent vectors: Pennisi et al., MICCAI
/// 2023, 2307.02984. It is not differentially private: who knows k − 1 of a group learns the last one, and a group tells that its members
/// are alike.
/// </remarks>
public static class KSame
{
    /// <summary>The least k: the mean of one record is that record.</summary>
    public const int LeastK = 2;

    /// <summary>Divides records into groups of k identities that are near to each other, class by class.</summary>
    /// <remarks>
    /// Records of one identity, and records that are equal, stay together as one identity, which their mean stands for. Greedy: the identity
    /// farthest from the class mean of what is left takes its k − 1 nearest; fewer than k at the end join the last group. So every record is
    /// in exactly one group, and a group has k to 2k − 1 identities.
    /// </remarks>
    /// <param name="records">Pixels or latent vectors.</param>
    /// <param name="k">Identities a group, at least <see cref="LeastK"/>.</param>
    /// <param name="labels">[N] classes, which are never mixed; null for one class.</param>
    /// <param name="identities">[N] who each record shows; null where every record is another's.</param>
    /// <exception cref="InputException">k is too small, a class has fewer than k identities, or an identity has records of several classes.</exception>
    public static IReadOnlyList<KSameGroup> Partition(FeatureMatrix records, int k, IReadOnlyList<int>? labels = null, IReadOnlyList<string>? identities = null) =>
        Partition(records, k, labels, identities, equalBy: records);

    /// <summary>Divides images by vectors of them, as the other does; images of equal pixels are one identity, wherever their vectors lie.</summary>
    /// <param name="images">Classes and groups (who an image shows) are heeded where there are any.</param>
    /// <param name="latents">[N, nz] latent vectors of the images: two inversions of one image end in two places.</param>
    /// <param name="k">Identities a group, at least <see cref="LeastK"/>.</param>
    /// <exception cref="InputException">As <see cref="Partition(FeatureMatrix, int, IReadOnlyList{int}?, IReadOnlyList{string}?)"/>.</exception>
    public static IReadOnlyList<KSameGroup> Partition(ImageSet images, FeatureMatrix latents, int k) =>
        Partition(latents, k, images.Labels, images.Groups, equalBy: Pixels(images));

    private static IReadOnlyList<KSameGroup> Partition(FeatureMatrix records, int k, IReadOnlyList<int>? labels, IReadOnlyList<string>? identities, FeatureMatrix equalBy)
    {
        if (k < LeastK) throw new InputException($"k is {k}; a group needs {LeastK} identities or more, since the mean of one record is that record");
        if (labels is not null && labels.Count != records.Count) throw new InputException($"{labels.Count} labels for {records.Count} records; give one a record");
        if (identities is not null && identities.Count != records.Count) throw new InputException($"{identities.Count} identities for {records.Count} records; give one a record");
        if (equalBy.Count != records.Count) throw new InputException($"{equalBy.Count} images for {records.Count} records; give one a record");
        RequireOneClassEach(labels, identities);
        return
        [
            .. Enumerable.Range(0, records.Count).GroupBy(record => labels?[record]).OrderBy(ofClass => ofClass.Key)
                .SelectMany(ofClass => Partition(records, k, ofClass.Key, Identities(equalBy, [.. ofClass], identities))),
        ];
    }

    /// <summary>The mean of every group, in which each identity weighs alike.</summary>
    /// <param name="records">What was divided, or other vectors of the same records.</param>
    /// <param name="groups">The groups.</param>
    /// <returns>[groups, D].</returns>
    public static FeatureMatrix Means(FeatureMatrix records, IReadOnlyList<KSameGroup> groups)
    {
        var means = new float[groups.Count * records.Dimension];
        for (var g = 0; g < groups.Count; g++)
        {
            var mean = means.AsSpan(g * records.Dimension, records.Dimension);
            foreach (var identity in groups[g].Identities) TensorPrimitives.Add(mean, Mean(records, identity), mean);
            TensorPrimitives.Divide(mean, groups[g].Identities.Count, mean);
        }
        return new FeatureMatrix(means, groups.Count, records.Dimension);
    }

    /// <summary>k-same on pixels: the mean image of every group, of its class.</summary>
    /// <param name="images">Records; classes and groups (who an image shows) are heeded where there are any.</param>
    /// <param name="k">Identities behind an image.</param>
    /// <returns>About N/k images with the labels of <paramref name="images"/>, and without groups.</returns>
    /// <exception cref="InputException">As <see cref="Partition(FeatureMatrix, int, IReadOnlyList{int}?, IReadOnlyList{string}?)"/>.</exception>
    public static ImageSet Average(ImageSet images, int k)
    {
        var records = Pixels(images);
        var groups = Partition(images, records, k);
        var pixels = Array.ConvertAll(Means(records, groups).Values, value => (byte)Math.Clamp(MathF.Round(value), 0, byte.MaxValue));
        var labels = images.Labels is null ? null : groups.Select(group => group.Label!.Value).ToArray();
        return new ImageSet(images.Shape, pixels, labels, labels is null ? null : images.ClassNames);
    }

    private static FeatureMatrix Pixels(ImageSet images) => new(Array.ConvertAll(images.Pixels, pixel => (float)pixel), images.Count, images.Shape.Length);

    private static void RequireOneClassEach(IReadOnlyList<int>? labels, IReadOnlyList<string>? identities)
    {
        if (labels is null || identities is null) return;
        var classes = new Dictionary<string, int>();
        for (var i = 0; i < labels.Count; i++)
        {
            if (classes.TryAdd(identities[i], labels[i]) || classes[identities[i]] == labels[i]) continue;
            throw new InputException(
                $"'{identities[i]}' has records of classes {classes[identities[i]]} and {labels[i]} (record {i}); k-same puts an identity into one group of one class: drop the records of one class");
        }
    }

    /// <summary>The records of one class as identities: the given ones, joined where they share a record exactly.</summary>
    private static List<int[]> Identities(FeatureMatrix equalBy, int[] ofClass, IReadOnlyList<string>? identities)
    {
        var parent = ofClass.ToDictionary(record => record);
        var byName = new Dictionary<string, int>();
        var byValue = new Dictionary<int, int>(new SameVector(equalBy));
        foreach (var record in ofClass)
        {
            if (identities is not null && !byName.TryAdd(identities[record], record)) Join(byName[identities[record]], record);
            if (!byValue.TryAdd(record, record)) Join(byValue[record], record);
        }
        return [.. ofClass.GroupBy(Root).Select(identity => identity.ToArray())];

        void Join(int a, int b) => parent[Root(b)] = Root(a);

        int Root(int record)
        {
            while (parent[record] != record) record = parent[record] = parent[parent[record]];
            return record;
        }
    }

    private static IEnumerable<KSameGroup> Partition(FeatureMatrix records, int k, int? label, List<int[]> identities)
    {
        if (identities.Count < k)
        {
            var where = label is null ? "the data have" : $"class {label} has";
            throw new InputException($"{where} {identities.Count} different identities, and a group takes {k}; lower k or give more records");
        }
        var means = identities.ConvertAll(identity => Mean(records, identity));
        var left = Enumerable.Range(0, identities.Count).ToList();
        var groups = new List<List<int[]>>();
        while (left.Count >= k)
        {
            var farthest = Ranked(means, left, Mean(means, left)).MaxBy(candidate => candidate.Distance).Index;
            var group = Ranked(means, left, means[farthest]).OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Index)
                .Take(k).Select(candidate => candidate.Index).ToHashSet();
            groups.Add([.. group.Select(index => identities[index])]);
            left.RemoveAll(group.Contains);
        }
        groups[^1].AddRange(left.Select(index => identities[index]));
        return groups.Select(group => new KSameGroup(label, group));
    }

    private static (double Distance, int Index)[] Ranked(List<float[]> means, List<int> candidates, float[] from)
    {
        var ranked = new (double, int)[candidates.Count];
        Parallel.For(0, ranked.Length, Cores.All, i => ranked[i] = (TensorPrimitives.Distance<float>(means[candidates[i]], from), candidates[i]));
        return ranked;
    }

    private static float[] Mean(FeatureMatrix records, int[] indices)
    {
        var mean = new float[records.Dimension];
        foreach (var index in indices) TensorPrimitives.Add(mean, records.Row(index), mean);
        TensorPrimitives.Divide(mean, indices.Length, mean);
        return mean;
    }

    private static float[] Mean(List<float[]> vectors, List<int> indices)
    {
        var mean = new float[vectors[0].Length];
        foreach (var index in indices) TensorPrimitives.Add(mean, vectors[index], mean);
        TensorPrimitives.Divide(mean, indices.Count, mean);
        return mean;
    }

    private sealed class SameVector(FeatureMatrix records) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => records.Row(x).SequenceEqual(records.Row(y));

        public int GetHashCode(int obj)
        {
            var hash = new HashCode();
            foreach (var value in records.Row(obj)) hash.Add(value);
            return hash.ToHashCode();
        }
    }
}
