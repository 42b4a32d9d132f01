using MathNet.Numerics;

namespace Understudy.Privacy.Numerics;

/// <summary>The standard normal distribution, precise in relative terms far into its tails.</summary>
internal static class Normal
{
    private const double Sqrt2 = 1.4142135623730951;
    private const double InverseSqrtPi = 0.56418958354775629;

    /// <summary>P(X ≤ x).</summary>
    public static double Cdf(double x) => 0.5 * SpecialFunctions.Erfc(-x / Sqrt2);

    /// <summary>P(X &gt; x).</summary>
    public static double UpperTail(double x) => 0.5 * SpecialFunctions.Erfc(x / Sqrt2);

    /// <summary>The x with P(X ≤ x) = p, p in (0, 1), by one Halley step from a library value.</summary>
    public static double Quantile(double p)
    {
        if (p > 0.5) return -LowerQuantile(1 - p);
        return LowerQuantile(p);
    }

    /// <summary>erfcx(x) = e^(x²)·erfc(x).</summary>
    public static double ScaledErfc(double x)
    {
        if (x < 3)
        {
            var square = x * x;
            var rest = Math.FusedMultiplyAdd(x, x, -square);
            return SpecialFunctions.Erfc(x) * Math.Exp(square) * (1 + rest);
        }
        // Laplace's continued fraction 1/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …)))); 60 levels reach double precision at x = 3.
        var tail = x;
        for (var k = 60; k >= 1; k--) tail = x + k * 0.5 / tail;
        return InverseSqrtPi / tail;
    }

    private static double LowerQuantile(double p)
    {
        if (p <= 0) return double.NegativeInfinity;
        var x = -Sqrt2 * SpecialFunctions.ErfcInv(2 * p);
        // Halley on ln Φ keeps full relative precision in the tail.
        var ratio = 0.5 * ScaledErfc(-x / Sqrt2) * Math.Sqrt(2 * Math.PI); // Φ(x)/φ(x)
        var step = Math.Log(Cdf(x) / p) * ratio;
        return x - step / (1 - 0.5 * step * (x + 1 / ratio));
    }
}
