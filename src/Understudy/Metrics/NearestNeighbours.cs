using System.Numerics.Tensors;
using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>
/// Exhaustive search by squared Euclidean distance, on all cores; results do not depend on their number. Memory beyond the data and the
/// results is about 1 MB a core (eight records, where those are larger).
/// </summary>
public static class NearestNeighbours
{
    /// <summary>The nearest reference image of every query image.</summary>
    /// <param name="queries">Q images.</param>
    /// <param name="references">At least one image, of the same shape.</param>
    /// <returns>Squared distances in units of pixel values 0 to 255: exact integers.</returns>
    /// <exception cref="InputException">There is no reference, or shapes differ.</exception>
    public static Neighbours Find(ImageSet queries, ImageSet references)
    {
        RequireReferences(references.Count);
        RequireSameShape(queries, references);
        return Find<byte, ByteTileKernel>(queries.Pixels, references.Pixels, queries.Shape.Length);
    }

    /// <summary>The nearest reference of every query.</summary>
    /// <param name="queries">Q feature vectors.</param>
    /// <param name="references">At least one, of the same dimension.</param>
    /// <returns>Squared distances in single precision; 0 exactly for equal vectors.</returns>
    /// <exception cref="InputException">There is no reference, or dimensions differ.</exception>
    public static Neighbours Find(FeatureMatrix queries, FeatureMatrix references)
    {
        RequireReferences(references.Count);
        FeatureMatrix.RequireSameDimension(queries, references);
        return Find<float, FloatTileKernel>(queries.Values, references.Values, queries.Dimension);
    }

    /// <summary>The k nearest reference images of every query image.</summary>
    /// <param name="queries">Q images.</param>
    /// <param name="references">At least k images, of the same shape.</param>
    /// <param name="k">At least 1.</param>
    /// <returns>[Q, k] indices of references, the nearest first; of equally near ones the lowest.</returns>
    /// <exception cref="InputException">There are too few references, or shapes differ.</exception>
    public static int[] Find(ImageSet queries, ImageSet references, int k)
    {
        RequireReferences(references.Count, k);
        RequireSameShape(queries, references);
        return Find<byte, ByteTileKernel>(queries.Pixels, references.Pixels, queries.Shape.Length, k);
    }

    /// <summary>The k nearest references of every query.</summary>
    /// <param name="queries">Q feature vectors.</param>
    /// <param name="references">At least k, of the same dimension.</param>
    /// <param name="k">At least 1.</param>
    /// <returns>[Q, k] indices of references, the nearest first; of equally near ones the lowest.</returns>
    /// <exception cref="InputException">There are too few references, or dimensions differ.</exception>
    public static int[] Find(FeatureMatrix queries, FeatureMatrix references, int k)
    {
        RequireReferences(references.Count, k);
        FeatureMatrix.RequireSameDimension(queries, references);
        return Find<float, FloatTileKernel>(queries.Values, references.Values, queries.Dimension, k);
    }

    /// <summary>Squared distance of every vector to its k-th nearest among the others.</summary>
    /// <param name="vectors">More than k feature vectors.</param>
    /// <param name="k">At least 1.</param>
    /// <exception cref="InputException">There are too few vectors.</exception>
    public static double[] SquaredRadii(FeatureMatrix vectors, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (vectors.Count <= k) throw new InputException($"{vectors.Count} records have no {k}-th nearest neighbour each; give more than {k}");
        var nearest = new double[vectors.Count * k]; // [N, k] ascending
        Array.Fill(nearest, double.PositiveInfinity);
        PairwiseDistances.Visit<float, FloatTileKernel>(vectors.Values, vectors.Values, vectors.Dimension, (query, first, distances) =>
        {
            var best = nearest.AsSpan(query * k, k);
            for (var i = 0; i < distances.Length; i++)
            {
                if (distances[i] >= best[^1] || first + i == query) continue;
                var place = k - 1;
                for (; place > 0 && best[place - 1] > distances[i]; place--) best[place] = best[place - 1];
                best[place] = distances[i];
            }
        });
        var radii = new double[vectors.Count];
        for (var i = 0; i < radii.Length; i++) radii[i] = nearest[i * k + k - 1];
        return radii;
    }

    /// <summary>For every query the number of centres in whose closed ball it lies.</summary>
    internal static int[] CountBalls(FeatureMatrix queries, FeatureMatrix centres, double[] squaredRadii) =>
        CountBalls<float, FloatTileKernel>(queries.Values, centres.Values, queries.Dimension, squaredRadii);

    /// <summary>For every query the number of references at most that far away; squared, in units of pixel values 0 to 255.</summary>
    internal static int[] CountWithin(ImageSet queries, ImageSet references, double squaredRadius) =>
        CountBalls<byte, ByteTileKernel>(queries.Pixels, references.Pixels, queries.Shape.Length, Enumerable.Repeat(squaredRadius, references.Count).ToArray());

    private static int[] CountBalls<T, TKernel>(T[] queries, T[] centres, int dimension, double[] squaredRadii)
        where T : unmanaged
        where TKernel : struct, ITileKernel<T>
    {
        var counts = new int[queries.Length / dimension];
        PairwiseDistances.Visit<T, TKernel>(queries, centres, dimension, (query, first, distances) =>
        {
            var radii = squaredRadii.AsSpan(first, distances.Length);
            var inside = 0;
            for (var i = 0; i < distances.Length; i++) inside += distances[i] <= radii[i] ? 1 : 0;
            counts[query] += inside;
        });
        return counts;
    }

    private static Neighbours Find<T, TKernel>(T[] queries, T[] references, int dimension)
        where T : unmanaged
        where TKernel : struct, ITileKernel<T>
    {
        var distances = new double[queries.Length / dimension];
        var indices = new int[distances.Length];
        Array.Fill(distances, double.PositiveInfinity);
        PairwiseDistances.Visit<T, TKernel>(queries, references, dimension, (query, first, run) =>
        {
            var nearest = TensorPrimitives.IndexOfMin(run);
            if (run[nearest] >= distances[query]) return;
            distances[query] = run[nearest];
            indices[query] = first + nearest;
        });
        return new Neighbours(distances, indices);
    }

    private static int[] Find<T, TKernel>(T[] queries, T[] references, int dimension, int k)
        where T : unmanaged
        where TKernel : struct, ITileKernel<T>
    {
        var nearest = new double[queries.Length / dimension * k]; // [Q, k] ascending
        var indices = new int[nearest.Length];
        Array.Fill(nearest, double.PositiveInfinity);
        PairwiseDistances.Visit<T, TKernel>(queries, references, dimension, (query, first, distances) =>
        {
            var best = nearest.AsSpan(query * k, k);
            var which = indices.AsSpan(query * k, k);
            for (var i = 0; i < distances.Length; i++)
            {
                if (distances[i] >= best[^1]) continue;
                var place = k - 1;
                for (; place > 0 && best[place - 1] > distances[i]; place--) (best[place], which[place]) = (best[place - 1], which[place - 1]);
                (best[place], which[place]) = (distances[i], first + i);
            }
        });
        return indices;
    }

    private static void RequireSameShape(ImageSet queries, ImageSet references)
    {
        if (queries.Shape != references.Shape)
            throw new InputException($"images of shape {queries.Shape} and {references.Shape} cannot be compared; resize one kind");
    }

    private static void RequireReferences(int count)
    {
        if (count == 0) throw new InputException("there is no record to search for neighbours in; give at least one");
    }

    private static void RequireReferences(int count, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (count < k) throw new InputException($"{count} records are too few to find the {k} nearest among them; give at least {k}");
    }
}
