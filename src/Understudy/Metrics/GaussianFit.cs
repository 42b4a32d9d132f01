using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Understudy.Metrics;

/// <summary>Mean and covariance of feature vectors, in double precision.</summary>
internal sealed class GaussianFit
{
    /// <summary>Fits to N ≥ 2 records; the covariance divides by N − 1.</summary>
    public GaussianFit(FeatureMatrix features)
    {
        var (count, dimension) = (features.Count, features.Dimension);
        Mean = new double[dimension];
        Centred = new double[count * dimension];
        for (var i = 0; i < Centred.Length; i++)
        {
            Centred[i] = features.Values[i];
            Mean[i % dimension] += Centred[i] / count;
        }
        for (var i = 0; i < count; i++) TensorPrimitives.Subtract(Row(i), Mean, Centred.AsSpan(i * dimension, dimension));

        // One column after another, so that an entry of the covariance is the product of two runs of memory.
        var columns = new double[Centred.Length]; // [D, N]
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < dimension; j++) columns[j * count + i] = Centred[i * dimension + j];
        }
        var covariance = new DenseMatrix(dimension);
        Parallel.For(0, dimension, Cores.All, a =>
        {
            for (var b = 0; b <= a; b++)
            {
                var value = TensorPrimitives.Dot<double>(columns.AsSpan(a * count, count), columns.AsSpan(b * count, count)) / (count - 1);
                covariance[a, b] = value;
                covariance[b, a] = value;
            }
        });
        Covariance = covariance;
    }

    /// <summary>[D].</summary>
    public double[] Mean { get; }

    /// <summary>[D, D].</summary>
    public Matrix<double> Covariance { get; }

    /// <summary>[N, D] row-major: the records less their mean.</summary>
    public double[] Centred { get; }

    /// <summary>One record less the mean, [D].</summary>
    public ReadOnlySpan<double> Row(int index) => Centred.AsSpan(index * Mean.Length, Mean.Length);
}
