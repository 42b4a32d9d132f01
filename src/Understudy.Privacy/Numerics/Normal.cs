using System.Runtime.CompilerServices;
using MathNet.Numerics;

namespace Understudy.Privacy.Numerics;

/// <summary>The standard normal distribution, precise in relative terms far into its tails.</summary>
internal static class Normal
{
    private const double Sqrt2 = 1.4142135623730951;
    private const double InverseSqrtPi = 0.56418958354775629;

    // erfcx on [0, ∞) as a function of y = 4/(4 + x) in (0, 1], one polynomial an interval; [Intervals × (Degree + 1)], constant term first.
    private const int Intervals = 64;
    private const int Degree = 7;
    private static readonly double[] Pieces = FitPieces();

    /// <summary>P(X ≤ x).</summary>
    public static double Cdf(double x) => UpperTail(-x);

    /// <summary>P(X &gt; x), relative error a few 1e-16 also far in the tail: ½·e^(−x²/2)·erfcx(x/√2) from a table fitted once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double UpperTail(double x)
    {
        var magnitude = Math.Abs(x);
        if (!(magnitude < 38.6)) return double.IsNaN(x) ? x : x > 0 ? 0 : 1;
        var square = magnitude * magnitude;
        var rest = Math.FusedMultiplyAdd(magnitude, magnitude, -square); // what rounding took from the square
        var y = Intervals * (4 / (4 + magnitude / Sqrt2));
        var interval = Math.Min((int)y, Intervals - 1);
        var u = y - interval;
        ReadOnlySpan<double> c = Pieces.AsSpan(interval * (Degree + 1), Degree + 1);
        var scaled = ((((((c[7] * u + c[6]) * u + c[5]) * u + c[4]) * u + c[3]) * u + c[2]) * u + c[1]) * u + c[0];
        var tail = 0.5 * Math.Exp(-0.5 * square) * (1 - 0.5 * rest) * scaled;
        return x >= 0 ? tail : 1 - tail;
    }

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

    /// <summary>Interpolates erfcx at Chebyshev points of each interval of y (Newton's form, then expanded in powers).</summary>
    private static double[] FitPieces()
    {
        const int count = Degree + 1;
        var pieces = new double[Intervals * count];
        var points = Enumerable.Range(0, count).Select(k => 0.5 - 0.5 * Math.Cos(Math.PI * (k + 0.5) / count)).ToArray();
        for (var interval = 6; interval < Intervals; interval++) // below, the tail underflows
        {
            var newton = points.Select(u => ScaledErfc(4 * Intervals / (interval + u) - 4)).ToArray();
            for (var order = 1; order < count; order++)
                for (var k = count - 1; k >= order; k--) newton[k] = (newton[k] - newton[k - 1]) / (points[k] - points[k - order]);
            var powers = pieces.AsSpan(interval * count, count);
            for (var k = count - 1; k >= 0; k--)
            {
                for (var i = count - 1; i >= 1; i--) powers[i] = powers[i - 1] - points[k] * powers[i];
                powers[0] = newton[k] - points[k] * powers[0];
            }
        }
        return pieces;
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
