using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Understudy.Metrics;

/// <summary>Quantiles and distribution functions that the intervals are built from.</summary>
internal static class Distributions
{
    /// <summary>Φ, the standard normal distribution function.</summary>
    public static double NormalCdf(double x) => 0.5 * SpecialFunctions.Erfc(-x / Constants.Sqrt2);

    /// <summary>Φ⁻¹, the standard normal quantile; −∞ at 0 and ∞ at 1.</summary>
    public static double NormalQuantile(double p) => Normal.InvCDF(0, 1, p);

    /// <summary>The z for which a standard normal lies in [−z, z] with probability <paramref name="level"/>.</summary>
    public static double TwoSidedQuantile(double level)
    {
        RequireProbability(level, "confidence level");
        return NormalQuantile(0.5 + level / 2);
    }

    /// <summary>Quantile of Beta(a, b), to the last bits of a double: bisection on the regularised incomplete beta function.</summary>
    public static double BetaQuantile(double p, double a, double b)
    {
        double low = 0, high = 1;
        while (true)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) return middle;
            if (SpecialFunctions.BetaRegularized(a, b, middle) < p) low = middle;
            else high = middle;
        }
    }

    /// <summary>Throws unless 0 &lt; value &lt; 1.</summary>
    public static void RequireProbability(double value, string what)
    {
        if (!(value > 0 && value < 1)) throw new ArgumentOutOfRangeException(nameof(value), value, $"the {what} lies strictly between 0 and 1");
    }
}
