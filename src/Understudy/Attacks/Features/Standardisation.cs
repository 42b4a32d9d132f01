using Understudy.Metrics;
using Understudy.Torch;

namespace Understudy.Attacks.Features;

/// <summary>Shifts and scales every feature to mean 0 and variance 1 over the records that it is made from.</summary>
internal sealed class Standardisation
{
    private const double LeastDeviation = 1e-6;

    private readonly double[] _mean;
    private readonly double[] _deviation;

    /// <summary>Measures several sets of one dimension, taken together.</summary>
    public Standardisation(params FeatureMatrix[] sets)
    {
        var dimension = sets[0].Dimension;
        var count = sets.Sum(set => set.Count);
        _mean = new double[dimension];
        _deviation = new double[dimension];
        foreach (var set in sets)
        {
            for (var i = 0; i < set.Values.Length; i++) _mean[i % dimension] += set.Values[i] / (double)count;
        }
        foreach (var set in sets)
        {
            for (var i = 0; i < set.Values.Length; i++) _deviation[i % dimension] += Math.Pow(set.Values[i] - _mean[i % dimension], 2) / count;
        }
        for (var j = 0; j < dimension; j++) _deviation[j] = Math.Max(Math.Sqrt(_deviation[j]), LeastDeviation);
    }

    /// <summary>Natural logarithm of the factor by which volumes shrink.</summary>
    public double LogVolume => _deviation.Sum(Math.Log);

    /// <summary>[N, D], standardised.</summary>
    public Tensor Apply(FeatureMatrix records)
    {
        var values = new float[records.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var feature = i % records.Dimension;
            values[i] = (float)((records.Values[i] - _mean[feature]) / _deviation[feature]);
        }
        return Tensor.From(values, records.Count, records.Dimension);
    }
}
