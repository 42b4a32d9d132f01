using System.Numerics.Tensors;
using MathNet.Numerics.Statistics;
using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>
/// Kernel inception distance: the unbiased estimate of the squared maximum mean discrepancy under k(x, y) = (x·y / D + 1)³
/// (Bińkowski et al., "Demystifying MMD GANs", ICLR 2018, section 4).
/// </summary>
public static class KernelDistance
{
    /// <summary>Measures the distance on all pairs of records; it may be slightly negative, as an unbiased estimate of 0 must be.</summary>
    /// <remarks>
    /// The usual average over random subsets estimates the same quantity with more variance. The interval is the value ± z standard errors,
    /// from the first-order (Hoeffding) variance of the U-statistic: 4 Var(g(x))/N + 4 Var(h(y))/M, where g(x) is a record's mean kernel
    /// with its own set less that with the other.
    /// </remarks>
    /// <param name="real">Features of at least two real records.</param>
    /// <param name="synthetic">Features of at least two synthetic records.</param>
    /// <param name="network">Name of the feature network, for the metric's name.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">Dimensions differ, or a set has fewer than two records.</exception>
    public static Metric Measure(FeatureMatrix real, FeatureMatrix synthetic, string network, double level = 0.95)
    {
        FeatureMatrix.RequireSameDimension(real, synthetic);
        if (real.Count < 2 || synthetic.Count < 2)
            throw new InputException($"{Math.Min(real.Count, synthetic.Count)} records have no kernel distance; give at least 2 of each kind");
        var realWithReal = MeanKernels(real, real);
        var syntheticWithSynthetic = MeanKernels(synthetic, synthetic);
        var realWithSynthetic = MeanKernels(real, synthetic);
        var syntheticWithReal = MeanKernels(synthetic, real);
        var value = realWithReal.Average() + syntheticWithSynthetic.Average() - 2 * realWithSynthetic.Average();

        TensorPrimitives.Subtract(realWithReal, realWithSynthetic, realWithReal);
        TensorPrimitives.Subtract(syntheticWithSynthetic, syntheticWithReal, syntheticWithSynthetic);
        var variance = 4 * realWithReal.Variance() / real.Count + 4 * syntheticWithSynthetic.Variance() / synthetic.Count;
        return new Metric($"KID[{network}]", value, Interval.Normal(value, Math.Sqrt(variance), level));
    }

    /// <summary>For each row its mean kernel with the others; with all of them where they are another set.</summary>
    private static double[] MeanKernels(FeatureMatrix rows, FeatureMatrix others)
    {
        var same = ReferenceEquals(rows, others);
        var squares = SquaredNorms(rows);
        var otherSquares = same ? squares : SquaredNorms(others);
        var means = new double[rows.Count];
        PairwiseDistances.Visit<float, FloatTileKernel>(rows.Values, others.Values, rows.Dimension, (row, first, distances) =>
        {
            var own = row - first;
            // x·y = (‖x‖² + ‖y‖² − ‖x − y‖²) / 2
            TensorPrimitives.Subtract(otherSquares.AsSpan(first, distances.Length), distances, distances);
            TensorPrimitives.Add(distances, squares[row], distances);
            TensorPrimitives.Multiply(distances, 0.5 / rows.Dimension, distances);
            TensorPrimitives.Add(distances, 1, distances);
            if (same && (uint)own < (uint)distances.Length) distances[own] = 0;
            double sum = 0;
            foreach (var kernel in distances) sum += kernel * kernel * kernel;
            means[row] += sum;
        });
        TensorPrimitives.Divide(means, same ? rows.Count - 1 : others.Count, means);
        return means;
    }

    private static double[] SquaredNorms(FeatureMatrix features)
    {
        var norms = new double[features.Count];
        for (var i = 0; i < norms.Length; i++)
        {
            foreach (double value in features.Row(i)) norms[i] += value * value;
        }
        return norms;
    }
}
