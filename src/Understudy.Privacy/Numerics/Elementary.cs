using System.Runtime.CompilerServices;

namespace Understudy.Privacy.Numerics;

/// <summary>Elementary functions where the framework's versions lose relative precision near zero.</summary>
internal static class Elementary
{
    /// <summary>e^x − 1 (Kahan's form: the rounding errors of e^x and of its logarithm cancel).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Expm1(double x)
    {
        if (Math.Abs(x) > 1) return Math.Exp(x) - 1;
        var e = Math.Exp(x);
        var difference = e - 1;
        return difference == 0 ? x : difference * x / Math.Log(e);
    }

    /// <summary>ln(1 + x) for x ≥ −1 (Kahan's form).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Log1p(double x)
    {
        if (x > 1) return Math.Log(1 + x);
        var sum = 1 + x;
        var difference = sum - 1;
        return difference == 0 ? x : Math.Log(sum) * (x / difference);
    }

    /// <summary>ln(e^a + e^b).</summary>
    public static double LogAddExp(double a, double b)
    {
        if (a < b) (a, b) = (b, a);
        return double.IsInfinity(a) ? a : a + Log1p(Math.Exp(b - a));
    }

    /// <summary>ln Σ e^xᵢ.</summary>
    public static double LogSumExp(ReadOnlySpan<double> exponents)
    {
        var largest = double.NegativeInfinity;
        foreach (var x in exponents) largest = Math.Max(largest, x);
        if (double.IsInfinity(largest)) return largest;
        var sum = 0.0;
        foreach (var x in exponents) sum += Math.Exp(x - largest);
        return largest + Math.Log(sum);
    }
}
