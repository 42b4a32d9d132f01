using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting;

/// <summary>
/// The exact privacy of the Gaussian mechanism, i.e. of μ-Gaussian differential privacy (Balle, Wang 2018, arXiv 1805.06530, Theorem 8;
/// Dong, Roth, Su 2019, arXiv 1905.02383). μ is sensitivity over standard deviation; T Gaussians of noise multipliers σⱼ compose to
/// μ = √Σ 1/σⱼ². No bound here can be improved.
/// </summary>
public static class AnalyticGaussian
{
    private static readonly double Sqrt2 = Math.Sqrt(2);

    /// <summary>δ(ε) = Φ(μ/2 − ε/μ) − e^ε·Φ(−μ/2 − ε/μ).</summary>
    /// <param name="mu">μ ≥ 0.</param>
    /// <param name="epsilon">ε.</param>
    public static Delta DeltaAt(double mu, Epsilon epsilon)
    {
        Require.NonNegative(mu);
        return new Delta(mu == 0 ? 0 : Math.Clamp(HockeyStick(mu, epsilon.Value), 0, 1));
    }

    /// <summary>The smallest ε with δ(ε) ≤ δ.</summary>
    /// <param name="mu">μ ≥ 0.</param>
    /// <param name="delta">δ; at 0 the answer is infinite unless μ is 0.</param>
    public static Epsilon EpsilonAt(double mu, Delta delta)
    {
        Require.NonNegative(mu);
        var target = delta.Value;
        if (mu == 0 || target >= HockeyStick(mu, 0)) return default;
        if (target <= 0) return Epsilon.Infinite;
        bool Holds(double epsilon) => HockeyStick(mu, epsilon) <= target;
        var high = Monotone.Grow(Math.Max(mu * mu, mu), Holds);
        return new Epsilon(Monotone.FirstTrue(0, high, Holds));
    }

    /// <summary>The largest μ that is (ε, δ)-differentially private; the noise multiplier of a single release is its inverse.</summary>
    /// <param name="epsilon">ε.</param>
    /// <param name="delta">δ in (0, 1).</param>
    public static double MuFor(Epsilon epsilon, Delta delta)
    {
        if (delta.Value is <= 0 or >= 1) throw new ArgumentOutOfRangeException(nameof(delta), "delta must lie strictly between 0 and 1.");
        bool TooMuch(double mu) => HockeyStick(mu, epsilon.Value) > delta.Value;
        var high = Monotone.Grow(1e-12, TooMuch);
        var firstTooMuch = Monotone.FirstTrue(high / 2, high, TooMuch);
        return Math.BitDecrement(firstTooMuch);
    }

    /// <summary>The optimal attacker's true-positive rate: Φ(Φ⁻¹(f) + μ).</summary>
    /// <param name="mu">μ ≥ 0.</param>
    /// <param name="falsePositiveRate">f in [0, 1].</param>
    public static double TruePositiveRate(double mu, double falsePositiveRate)
    {
        Require.NonNegative(mu);
        Require.Probability(falsePositiveRate);
        return falsePositiveRate is 0 or 1 ? falsePositiveRate : Normal.Cdf(Normal.Quantile(falsePositiveRate) + mu);
    }

    /// <summary>δ(ε) for any real ε: with a = (ε/μ − μ/2)/√2 and b = (ε/μ + μ/2)/√2 it is ½e^(−a²)·[erfcx(a) − erfcx(b)].</summary>
    internal static double HockeyStick(double mu, double epsilon)
    {
        if (double.IsPositiveInfinity(epsilon)) return 0;
        double a = (epsilon / mu - mu / 2) / Sqrt2, b = (epsilon / mu + mu / 2) / Sqrt2;
        if (a < -3) return Normal.UpperTail(a * Sqrt2) - 0.5 * Math.Exp(-a * a) * Normal.ScaledErfc(b);
        var width = mu / Sqrt2; // b − a, without its cancellation
        var difference = width < 0.25 ? ScaledErfcDrop(a, width) : Normal.ScaledErfc(a) - Normal.ScaledErfc(b);
        return 0.5 * Math.Exp(-a * a) * difference;
    }

    /// <summary>erfcx(a) − erfcx(a + width) for a small width, where the difference would cancel: ∫ (2/√π − 2x·erfcx(x)) dx.</summary>
    private static double ScaledErfcDrop(double a, double width) =>
        GaussLegendre.Integrate(a, width, x => 2 / Math.Sqrt(Math.PI) - 2 * x * Normal.ScaledErfc(x));
}
