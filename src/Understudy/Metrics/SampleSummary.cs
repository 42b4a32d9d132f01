using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>A sample in a few figures.</summary>
/// <param name="Count">N.</param>
/// <param name="Mean">Its mean.</param>
/// <param name="StandardDeviation">Of one value, with N − 1; 0 for a single value.</param>
/// <param name="MeanInterval">Student's interval of the mean; a single value has none.</param>
/// <param name="Median">The middle value.</param>
/// <param name="Percentile95">What 95 % of the values stay below.</param>
public sealed record SampleSummary(int Count, double Mean, double StandardDeviation, Interval? MeanInterval, double Median, double Percentile95)
{
    /// <summary>Summarises values.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">There is none.</exception>
    public static SampleSummary Of(IReadOnlyCollection<double> values, double level = 0.95)
    {
        if (values.Count == 0) throw new InputException("there is no value to summarise");
        var mean = values.Mean();
        if (values.Count == 1) return new SampleSummary(1, mean, 0, null, mean, mean);
        var deviation = values.StandardDeviation();
        var margin = StudentT.InvCDF(0, 1, values.Count - 1, 0.5 + (level / 2)) * deviation / Math.Sqrt(values.Count);
        return new SampleSummary(values.Count, mean, deviation, new Interval(mean - margin, mean + margin, level), values.Median(), values.Quantile(0.95));
    }
}
