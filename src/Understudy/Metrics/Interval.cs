namespace Understudy.Metrics;

/// <summary>A confidence interval.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Level">Confidence level, in (0, 1).</param>
public readonly record struct Interval(double Lower, double Upper, double Level = 0.95)
{
    /// <summary>The interval of an estimate that is close to normal: value ± z·standardError.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="standardError">Its standard error, at least 0.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    public static Interval Normal(double value, double standardError, double level = 0.95)
    {
        var margin = Distributions.TwoSidedQuantile(level) * standardError;
        return new Interval(value - margin, value + margin, level);
    }
}
