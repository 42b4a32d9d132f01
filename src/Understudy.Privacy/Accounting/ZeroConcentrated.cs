using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting;

/// <summary>
/// Conversions of ρ-zCDP (Bun, Steinke 2016, arXiv 1605.02065) by the optimal order (Canonne, Kamath, Steinke 2020, arXiv 2004.00010,
/// Corollary 13): δ(ε) = min over α &gt; 1 of e^((α − 1)(αρ − ε))·(1 − 1/α)^α/(α − 1). A (discrete) Gaussian of noise multiplier σ is
/// 1/(2σ²)-zCDP, and ρ adds up.
/// </summary>
public static class ZeroConcentrated
{
    private const double LowestOrder = 1.01; // orders below help no one and lose precision

    /// <summary>The smallest δ that ρ-zCDP implies at ε.</summary>
    /// <param name="rho">ρ ≥ 0.</param>
    /// <param name="epsilon">ε.</param>
    public static Delta DeltaAt(double rho, Epsilon epsilon)
    {
        Require.NonNegative(rho);
        if (rho == 0 || double.IsPositiveInfinity(epsilon.Value)) return Delta.Zero;
        return new Delta(Math.Exp(LogDelta(rho, epsilon.Value)));
    }

    /// <summary>The smallest ε that ρ-zCDP implies at δ, rounded up.</summary>
    /// <param name="rho">ρ ≥ 0.</param>
    /// <param name="delta">δ; at 0 the answer is infinite unless ρ is 0.</param>
    public static Epsilon EpsilonAt(double rho, Delta delta)
    {
        Require.NonNegative(rho);
        if (rho == 0 || delta.Value >= 1) return default;
        if (delta.Value == 0) return Epsilon.Infinite;
        var target = Math.Log(delta.Value);
        bool Holds(double epsilon) => LogDelta(rho, epsilon) <= target;
        return new Epsilon(Holds(0) ? 0 : Monotone.FirstTrue(0, Monotone.Grow(Math.Max(rho, 1e-12), Holds), Holds));
    }

    /// <summary>The largest ρ that implies (ε, δ)-differential privacy, rounded down.</summary>
    /// <param name="epsilon">ε.</param>
    /// <param name="delta">δ in (0, 1).</param>
    public static double RhoFor(Epsilon epsilon, Delta delta)
    {
        if (delta.Value is <= 0 or >= 1) throw new ArgumentOutOfRangeException(nameof(delta), "delta must lie strictly between 0 and 1.");
        if (double.IsPositiveInfinity(epsilon.Value)) return epsilon.Value;
        var target = Math.Log(delta.Value);
        bool TooMuch(double rho) => LogDelta(rho, epsilon.Value) > target;
        return Math.BitDecrement(Monotone.FirstTrue(0, Monotone.Grow(1e-12, TooMuch), TooMuch));
    }

    /// <summary>ln δ(ε) at the optimal order, where (2α − 1)ρ − ε + ln(1 − 1/α), increasing in α, is zero.</summary>
    private static double LogDelta(double rho, double epsilon)
    {
        bool PastOptimum(double order) => (2 * order - 1) * rho - epsilon + Elementary.Log1p(-1 / order) >= 0;
        var highest = Math.Max(2, (epsilon + 1) / (2 * rho) + 2);
        var alpha = PastOptimum(LowestOrder) ? LowestOrder : Monotone.FirstTrue(LowestOrder, highest, PastOptimum);
        return Math.Min(0, (alpha - 1) * (alpha * rho - epsilon) + alpha * Elementary.Log1p(-1 / alpha) - Math.Log(alpha - 1));
    }
}
