using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Rdp;

/// <summary>Rényi divergences R(α), in nats, of the mechanisms that have a closed form or a short sum. Orders are in (1, ∞].</summary>
internal static class RenyiDivergence
{
    /// <summary>N(μ, 1) against N(0, 1): αμ²/2.</summary>
    public static double Gaussian(double mu, double alpha) => alpha * mu * mu / 2;

    /// <summary>Lap(1, b) against Lap(0, b) (Mironov 2017, arXiv 1702.07476, Proposition 6).</summary>
    public static double Laplace(double scale, double alpha)
    {
        if (double.IsPositiveInfinity(alpha)) return 1 / scale;
        var weight = alpha / (2 * alpha - 1);
        return Elementary.LogAddExp(Math.Log(weight) + (alpha - 1) / scale, Math.Log(1 - weight) - alpha / scale) / (alpha - 1);
    }

    /// <summary>The worst (ε, 0) mechanism: randomized response with odds e^ε.</summary>
    public static double Pure(double epsilon, double alpha) => double.IsPositiveInfinity(alpha) || epsilon == 0
        ? epsilon
        : Math.Min(epsilon, (alpha * epsilon + Softplus(epsilon * (1 - 2 * alpha)) - Softplus(epsilon)) / (alpha - 1));

    /// <summary>
    /// Bounded range (Dong, Durfee, Rogers 2020, arXiv 1909.13830; Cesar, Rogers 2021, arXiv 2004.07223): min(ε, ξ + αε²/8) with
    /// u = ε/(e^ε − 1), ξ = u − 1 − ln u − ε²/8.
    /// </summary>
    public static double BoundedRange(double epsilon, double alpha)
    {
        if (epsilon == 0 || double.IsPositiveInfinity(alpha)) return epsilon;
        var u = epsilon / Elementary.Expm1(epsilon);
        return Math.Min(epsilon, u - 1 - Math.Log(u) + (alpha - 1) * epsilon * epsilon / 8);
    }

    /// <summary>Two distributions on finitely many outcomes: the larger of both directions.</summary>
    public static double Finite(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double alpha) => Math.Max(OneWay(p, q, alpha), OneWay(q, p, alpha));

    private static double OneWay(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double alpha)
    {
        var exponents = new double[p.Length];
        var largest = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            if (p[i] > 0 && q[i] == 0) return double.PositiveInfinity;
            exponents[i] = p[i] > 0 ? alpha * Math.Log(p[i]) + (1 - alpha) * Math.Log(q[i]) : double.NegativeInfinity;
            if (p[i] > 0) largest = Math.Max(largest, Math.Log(p[i] / q[i]));
        }
        return double.IsPositiveInfinity(alpha) ? largest : Elementary.LogSumExp(exponents) / (alpha - 1);
    }

    private static double Softplus(double x) => Elementary.LogAddExp(0, x);
}
