namespace Understudy.Metrics;

/// <summary>A confidence interval.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Level">Confidence level, in (0, 1).</param>
public readonly record struct Interval(double Lower, double Upper, double Level = 0.95);
