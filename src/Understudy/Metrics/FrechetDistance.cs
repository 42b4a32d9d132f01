using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>
/// Fréchet distance between Gaussians fitted to the features of two sets (Heusel et al., "GANs trained by a two time-scale update rule
/// converge to a local Nash equilibrium", NeurIPS 2017, equation 6):
/// ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½).
/// </summary>
public static class FrechetDistance
{
    // Eigenvalues below this part of the largest are rounding errors of a singular covariance.
    private const double RankTolerance = 1e-10;

    /// <summary>Measures the distance; NaN with a note where a set has no more records than features.</summary>
    /// <remarks>
    /// The interval is the value ± z standard errors by the delta method: the derivative of the distance with respect to Σ₁ is I − T, T
    /// being the optimal transport map Σ₁^−½ (Σ₁^½ Σ₂ Σ₁^½)^½ Σ₁^−½, and likewise for Σ₂. In simulations it is right for sets that differ and
    /// up to 1.5 times too long for sets that do not. It covers the variation between samples of these sizes, not the upward bias that
    /// small samples give the distance: compare values at equal sizes only.
    /// </remarks>
    /// <param name="real">Features of real records.</param>
    /// <param name="synthetic">Features of synthetic records.</param>
    /// <param name="network">Name of the feature network, for the metric's name.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">Dimensions differ.</exception>
    public static Metric Measure(FeatureMatrix real, FeatureMatrix synthetic, string network, double level = 0.95)
    {
        FeatureMatrix.RequireSameDimension(real, synthetic);
        var name = $"FID[{network}]";
        var (fewest, needed) = (Math.Min(real.Count, synthetic.Count), real.Dimension + 1);
        if (fewest < needed)
            return new Metric(name, double.NaN, Note: $"{fewest} records cannot fix the covariance of {real.Dimension} features; it takes {needed}");

        GaussianFit first = new(real), second = new(synthetic);
        var (root, inverseRoot) = Powers(first.Covariance);
        var (rootOfProduct, inverseRootOfProduct) = Powers(root * second.Covariance * root);
        var difference = first.Mean.Zip(second.Mean, (a, b) => a - b).ToArray();
        var distance = TensorPrimitives.SumOfSquares<double>(difference)
            + first.Covariance.Trace() + second.Covariance.Trace() - 2 * rootOfProduct.Trace();

        var there = inverseRoot * rootOfProduct * inverseRoot;
        var back = root * inverseRootOfProduct * root;
        var variance = InfluenceVariance(first, there, difference, 2) / real.Count + InfluenceVariance(second, back, difference, -2) / synthetic.Count;
        var interval = Interval.Normal(distance, Math.Sqrt(variance), level);
        // Rounding may leave a distance of 0 slightly negative.
        return new Metric(name, Math.Max(0, distance), interval with { Lower = Math.Max(0, interval.Lower) },
            $"{real.Count} real and {synthetic.Count} synthetic records; biased upwards, compare at equal numbers only");
    }

    /// <summary>Square root of a symmetric positive semi-definite matrix and the pseudo-inverse of that root.</summary>
    private static (Matrix<double> Root, Matrix<double> InverseRoot) Powers(Matrix<double> matrix)
    {
        var decomposition = matrix.Evd(Symmetricity.Symmetric);
        var vectors = decomposition.EigenVectors;
        var values = decomposition.EigenValues.Select(value => Math.Max(0, value.Real)).ToArray();
        var smallest = RankTolerance * values.Max();
        var roots = Vector<double>.Build.Dense(values.Length, i => Math.Sqrt(values[i]));
        var inverses = Vector<double>.Build.Dense(values.Length, i => values[i] > smallest ? 1 / roots[i] : 0);
        return (Compose(vectors, roots), Compose(vectors, inverses));
    }

    private static Matrix<double> Compose(Matrix<double> vectors, Vector<double> values) =>
        (vectors * Matrix<double>.Build.DiagonalOfDiagonalVector(values)).TransposeAndMultiply(vectors);

    /// <summary>Variance over records of xᵀ(I − T)x + s (μ₁ − μ₂)·x, x less its mean: what one record adds to the distance, to first order.</summary>
    private static double InfluenceVariance(GaussianFit fit, Matrix<double> transport, double[] difference, double sign)
    {
        var dimension = difference.Length;
        var map = transport.ToRowMajorArray();
        var count = fit.Centred.Length / dimension;
        var influence = new double[count];
        Parallel.For(0, count, Cores.All, () => new double[dimension], (i, _, image) =>
        {
            var x = fit.Row(i);
            for (var j = 0; j < dimension; j++) image[j] = TensorPrimitives.Dot<double>(map.AsSpan(j * dimension, dimension), x);
            influence[i] = TensorPrimitives.SumOfSquares(x) - TensorPrimitives.Dot<double>(image, x) + sign * TensorPrimitives.Dot(difference, x);
            return image;
        }, static _ => { });
        return influence.Variance();
    }
}
