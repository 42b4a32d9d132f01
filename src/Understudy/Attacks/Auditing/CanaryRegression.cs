using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Understudy.Attacks.Auditing;

/// <summary>
/// How likely each canary was to take part in a noised sum: the mean of its coin given the sum, if coins were normal. Canaries disturb one another less than when each is
/// looked for by itself.
/// </summary>
/// <remarks>Ridge regression: s = (C Cᵀ + 4 σ² I)⁻¹ C (r - ½ Σ c), the rows of C being what canaries add, r the sum less what is known of it, ¼ a coin's variance.</remarks>
public static class CanaryRegression
{
    /// <summary>[M] larger meaning "more likely".</summary>
    /// <param name="rest">[D] the released sum less the records that took part for certain.</param>
    /// <param name="canaries">[M][D] what each canary adds.</param>
    /// <param name="standardDeviation">σ of the noise in each entry, as claimed.</param>
    public static double[] Score(double[] rest, IReadOnlyList<double[]> canaries, double standardDeviation)
    {
        var half = new double[rest.Length];
        foreach (var canary in canaries) TensorPrimitives.MultiplyAdd(canary, 0.5, half, half);
        var centred = new double[rest.Length];
        TensorPrimitives.Subtract(rest, half, centred);
        var gram = Matrix<double>.Build.Dense(canaries.Count, canaries.Count);
        Parallel.For(0, canaries.Count, Metrics.Cores.All, i =>
        {
            for (var j = 0; j <= i; j++) gram[i, j] = gram[j, i] = TensorPrimitives.Dot<double>(canaries[i], canaries[j]);
        });
        for (var i = 0; i < canaries.Count; i++) gram[i, i] += 4 * standardDeviation * standardDeviation;
        var matched = Vector<double>.Build.Dense(canaries.Count, i => TensorPrimitives.Dot<double>(canaries[i], centred));
        return gram.Cholesky().Solve(matched).ToArray();
    }
}
