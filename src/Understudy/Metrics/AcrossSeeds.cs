using MathNet.Numerics.Distributions;

namespace Understudy.Metrics;

/// <summary>Figures of repetitions that differ in their seed alone.</summary>
public static class AcrossSeeds
{
    /// <summary>The mean with Student's interval for the mean of repetitions; no interval for a single one.</summary>
    /// <param name="name">The metric's name.</param>
    /// <param name="values">One value a repetition, at least one.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    public static Metric Mean(string name, IReadOnlyList<double> values, double level = 0.95)
    {
        Distributions.RequireProbability(level, "confidence level");
        var mean = values.Average();
        if (values.Count < 2) return new Metric(name, mean, Note: "one repetition: no interval");
        var error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) / values.Count);
        var margin = StudentT.InvCDF(0, 1, values.Count - 1, 0.5 + level / 2) * error;
        return new Metric(name, mean, new Interval(mean - margin, mean + margin, level));
    }
}
