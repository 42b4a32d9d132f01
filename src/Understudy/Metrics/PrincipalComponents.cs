using System.Numerics.Tensors;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>
/// The directions of largest variance, by randomised subspace iteration (Halko, Martinsson and Tropp, "Finding structure with randomness",
/// SIAM Review 53, 2011, algorithms 4.4 and 5.3), so that wide records need no D×D matrix.
/// </summary>
internal sealed class PrincipalComponents
{
    private const int Oversampling = 10;
    private const int Iterations = 4;
    private const int MostRecords = 10_000;

    private readonly float[] _mean; // [D]
    private readonly float[][] _directions; // [k][D], orthonormal, largest variance first

    private PrincipalComponents(float[] mean, float[][] directions, float[] deviations) => (_mean, _directions, Deviations) = (mean, directions, deviations);

    /// <summary>[k] standard deviations of the records along the directions, largest first.</summary>
    public float[] Deviations { get; }

    /// <summary>Finds the components of several sets taken together.</summary>
    /// <param name="sets">Records of one dimension D, two or more in all; of more than 10,000 a random choice is used.</param>
    /// <param name="count">Components asked for; fewer are found where records or features are fewer.</param>
    /// <param name="seed">Same seed, same components.</param>
    /// <exception cref="InputException">There are fewer than two records.</exception>
    public static PrincipalComponents Fit(IReadOnlyList<FeatureMatrix> sets, int count, ulong seed)
    {
        var random = new SplitMix64(seed);
        var all = sets.SelectMany(set => Enumerable.Range(0, set.Count).Select(i => (set, i))).ToArray();
        if (all.Length < 2) throw new InputException($"{all.Length} records have no principal components; give at least 2");
        var chosen = random.Pick([.. Enumerable.Range(0, all.Length)], Math.Min(all.Length, MostRecords));
        var dimension = sets[0].Dimension;
        var mean = new float[dimension];
        foreach (var record in chosen) TensorPrimitives.MultiplyAdd(Row(record), 1f / chosen.Length, mean, mean);

        var found = Math.Min(count, Math.Min(dimension, chosen.Length - 1));
        var directions = new float[Math.Min(found + Oversampling, Math.Min(dimension, chosen.Length - 1))][];
        for (var j = 0; j < directions.Length; j++)
            directions[j] = [.. Enumerable.Range(0, dimension).Select(_ => (float)Normal.InvCDF(0, 1, random.NextPositiveFraction()))];
        Orthonormalise(directions);
        var projections = new float[directions.Length][]; // [j][N]
        for (var iteration = 0; ; iteration++)
        {
            Parallel.For(0, directions.Length, Cores.All, j => projections[j] = Project(directions[j]));
            if (iteration == Iterations) break;
            Parallel.For(0, directions.Length, Cores.All, j => directions[j] = Combine(projections[j]));
            Orthonormalise(directions);
        }
        var (rotated, variances) = Rotate(directions, projections, found);
        return new PrincipalComponents(mean, rotated, Array.ConvertAll(variances, variance => (float)Math.Sqrt(Math.Max(0, variance) / chosen.Length)));

        ReadOnlySpan<float> Row(int record) => all[record].set.Row(all[record].i);

        float[] Project(float[] direction) // X q, centred
        {
            var offset = TensorPrimitives.Dot<float>(mean, direction);
            return Array.ConvertAll(chosen, record => TensorPrimitives.Dot(Row(record), direction) - offset);
        }

        float[] Combine(float[] weights) // Xᵀ y, centred
        {
            var sum = new float[dimension];
            for (var i = 0; i < chosen.Length; i++) TensorPrimitives.MultiplyAdd(Row(chosen[i]), weights[i], sum, sum);
            TensorPrimitives.MultiplyAdd(mean, -TensorPrimitives.Sum<float>(weights), sum, sum);
            return sum;
        }
    }

    /// <summary>[D] direction k.</summary>
    public ReadOnlySpan<float> Direction(int k) => _directions[k];

    /// <summary>[N, D] → [N, k].</summary>
    public FeatureMatrix Project(FeatureMatrix records)
    {
        var offsets = Array.ConvertAll(_directions, direction => TensorPrimitives.Dot<float>(_mean, direction));
        var values = new float[records.Count * _directions.Length];
        Parallel.For(0, records.Count, Cores.All, i =>
        {
            for (var j = 0; j < _directions.Length; j++)
                values[i * _directions.Length + j] = TensorPrimitives.Dot(records.Row(i), _directions[j]) - offsets[j];
        });
        return new FeatureMatrix(values, records.Count, _directions.Length);
    }

    /// <summary>The eigenvectors within the subspace, and their eigenvalues, largest first.</summary>
    private static (float[][] Vectors, double[] Values) Rotate(float[][] directions, float[][] projections, int count)
    {
        var size = directions.Length;
        var gram = Matrix<double>.Build.Dense(size, size, (a, b) => TensorPrimitives.Dot<float>(projections[a], projections[b]));
        var found = gram.Evd(Symmetricity.Symmetric); // ascending eigenvalues
        var rotated = new float[count][];
        for (var k = 0; k < count; k++)
        {
            rotated[k] = new float[directions[0].Length];
            for (var j = 0; j < size; j++) TensorPrimitives.MultiplyAdd(directions[j], (float)found.EigenVectors[j, size - 1 - k], rotated[k], rotated[k]);
        }
        return (rotated, [.. Enumerable.Range(0, count).Select(k => found.EigenValues[size - 1 - k].Real)]);
    }

    // Twice, since once loses orthogonality where directions are nearly parallel. A direction that vanishes stays zero.
    private static void Orthonormalise(float[][] directions)
    {
        for (var j = 0; j < directions.Length; j++)
        {
            var start = TensorPrimitives.Norm<float>(directions[j]);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var i = 0; i < j; i++)
                    TensorPrimitives.MultiplyAdd(directions[i], -TensorPrimitives.Dot<float>(directions[i], directions[j]), directions[j], directions[j]);
            }
            var norm = TensorPrimitives.Norm<float>(directions[j]);
            TensorPrimitives.Multiply(directions[j], norm > 1e-5f * start ? 1 / norm : 0, directions[j]);
        }
    }
}
