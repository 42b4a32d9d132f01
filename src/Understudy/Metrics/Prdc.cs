using MathNet.Numerics.Statistics;
using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>
/// Fidelity and diversity by nearest neighbours: improved precision and recall (Kynkäänniemi et al., NeurIPS 2019, equation 2) and
/// density and coverage (Naeem et al., "Reliable fidelity and diversity metrics for generative models", ICML 2020, equations 3 and 4).
/// </summary>
public static class Prdc
{
    /// <summary>The number of neighbours used unless told otherwise.</summary>
    public const int DefaultNeighbours = 4;

    /// <summary>Measures the four figures, in the order of the name.</summary>
    /// <remarks>
    /// A record's ball reaches to its k-th nearest neighbour within its own set, itself not counted, and includes its boundary. Precision:
    /// share of synthetic records in a real record's ball. Recall: share of real records in a synthetic record's ball. Density: mean over
    /// synthetic records of the number of real balls around them, divided by k; it may exceed 1. Coverage: share of real records whose ball
    /// holds a synthetic record. The intervals (Wilson's for shares, normal for the density) take the balls as given.
    /// </remarks>
    /// <param name="real">Features of more than k real records.</param>
    /// <param name="synthetic">Features of more than k synthetic records.</param>
    /// <param name="network">Name of the feature network, for the metrics' names.</param>
    /// <param name="k">Neighbours, at least 1.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">Dimensions differ, or a set has too few records.</exception>
    public static IReadOnlyList<Metric> Measure(FeatureMatrix real, FeatureMatrix synthetic, string network, int k = DefaultNeighbours, double level = 0.95)
    {
        FeatureMatrix.RequireSameDimension(real, synthetic);
        var realRadii = NearestNeighbours.SquaredRadii(real, k);
        var syntheticRadii = NearestNeighbours.SquaredRadii(synthetic, k);
        var realBalls = NearestNeighbours.CountBalls(synthetic, real, realRadii); // around each synthetic record
        var syntheticBalls = NearestNeighbours.CountBalls(real, synthetic, syntheticRadii); // around each real record
        var nearest = NearestNeighbours.Find(real, synthetic).SquaredDistances;

        var densities = realBalls.Select(count => (double)count / k).ToArray();
        var density = densities.Average();
        var error = Math.Sqrt(densities.Variance() / synthetic.Count);
        var interval = Interval.Normal(density, error, level);
        return
        [
            Share("precision", realBalls.Count(count => count > 0), synthetic.Count),
            Share("recall", syntheticBalls.Count(count => count > 0), real.Count),
            Named("density", density, interval with { Lower = Math.Max(0, interval.Lower) }),
            Share("coverage", Enumerable.Range(0, real.Count).Count(i => nearest[i] <= realRadii[i]), real.Count),
        ];

        Metric Share(string name, int count, int total) => Named(name, (double)count / total, Wilson.TwoSided(count, total, level));
        Metric Named(string name, double value, Interval range) => new($"{name}[{network}]", value, range, $"k = {k}");
    }
}
