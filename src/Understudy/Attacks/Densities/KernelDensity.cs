using System.Numerics.Tensors;
using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Attacks.Densities;

/// <summary>
/// Gaussian kernel density estimate with the covariance of the data times n^(−2/(D + 4)) as the kernel's (Scott, "Multivariate density
/// estimation", 1992, equation 6.42).
/// </summary>
internal sealed class KernelDensity
{
    // Keeps the covariance invertible where features are constant: less than the rounding of the data.
    private const double RelativeRidge = 1e-9;
    private const double AbsoluteRidge = 1e-12;

    private readonly double[] _mean;
    private readonly double[][] _whitening; // [D][D] inverse of the Cholesky factor of the kernel's covariance
    private readonly FeatureMatrix _centres;
    private readonly double _logNorm;

    /// <summary>Fits to n ≥ 2 records.</summary>
    /// <exception cref="InputException">There are fewer than two records.</exception>
    public KernelDensity(FeatureMatrix records)
    {
        var (count, dimension) = (records.Count, records.Dimension);
        if (count < 2) throw new InputException($"{count} records have no density; give at least 2");
        var fit = new GaussianFit(records);
        var covariance = fit.Covariance;
        var ridge = RelativeRidge * covariance.Trace() / dimension + AbsoluteRidge;
        for (var i = 0; i < dimension; i++) covariance[i, i] += ridge;
        var factor = (covariance * Math.Pow(count, -2.0 / (dimension + 4))).Cholesky().Factor;
        _mean = fit.Mean;
        _whitening = factor.Inverse().ToRowArrays();
        _centres = Whiten(records);
        _logNorm = Math.Log(count) + dimension / 2.0 * Math.Log(2 * Math.PI) + factor.Diagonal().Sum(Math.Log);
    }

    /// <summary>[Q] natural logarithm of the density at each query.</summary>
    public double[] LogDensity(FeatureMatrix queries)
    {
        FeatureMatrix.RequireSameDimension(queries, _centres);
        var largest = new double[queries.Count];
        var sums = new double[queries.Count]; // Σ exp(e − largest)
        Array.Fill(largest, double.NegativeInfinity);
        PairwiseDistances.Visit<float, FloatTileKernel>(Whiten(queries).Values, _centres.Values, queries.Dimension, (query, _, exponents) =>
        {
            TensorPrimitives.Multiply(exponents, -0.5, exponents);
            var top = Math.Max(largest[query], TensorPrimitives.Max<double>(exponents));
            sums[query] *= Math.Exp(largest[query] - top);
            largest[query] = top;
            foreach (var exponent in exponents) sums[query] += Math.Exp(exponent - top);
        });
        return [.. largest.Zip(sums, (top, sum) => top + Math.Log(sum) - _logNorm)];
    }

    private FeatureMatrix Whiten(FeatureMatrix records)
    {
        var dimension = records.Dimension;
        var values = new float[records.Values.Length];
        Parallel.For(0, records.Count, Cores.All, i =>
        {
            var centred = new double[dimension];
            for (var j = 0; j < dimension; j++) centred[j] = records.Row(i)[j] - _mean[j];
            for (var j = 0; j < dimension; j++) values[i * dimension + j] = (float)TensorPrimitives.Dot<double>(_whitening[j], centred);
        });
        return new FeatureMatrix(values, records.Count, dimension);
    }
}
