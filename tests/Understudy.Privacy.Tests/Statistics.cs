using MathNet.Numerics;

namespace Understudy.Privacy.Tests;

/// <summary>Tests of hypotheses whose false-alarm rate is known. With fixed seeds a passing test goes on passing.</summary>
internal static class Statistics
{
    /// <summary>The false-alarm rate of every statistical test here.</summary>
    public const double FalseAlarm = 1e-6;

    /// <summary>P(χ² ≥ statistic).</summary>
    public static double ChiSquareTail(double statistic, double degrees) => SpecialFunctions.GammaUpperRegularized(degrees / 2, statistic / 2);

    /// <summary>How probable counts at least as far from the expected ones are (Pearson's χ²).</summary>
    /// <param name="counts">Observed.</param>
    /// <param name="expected">Adding up to the same; 5 or more each.</param>
    public static double PearsonTail(IReadOnlyList<long> counts, IReadOnlyList<double> expected)
    {
        Assert.All(expected, e => Assert.True(e >= 5));
        var statistic = counts.Zip(expected, (c, e) => (c - e) * (c - e) / e).Sum();
        return ChiSquareTail(statistic, counts.Count - 1);
    }

    /// <summary>P(|Z| ≥ |z|) for a standard normal Z.</summary>
    public static double TwoSided(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>The standard normal distribution function.</summary>
    public static double NormalCdf(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));
}
