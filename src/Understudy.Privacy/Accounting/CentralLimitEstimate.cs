namespace Understudy.Privacy.Accounting;

/// <summary>
/// The central-limit estimate of Gaussian differential privacy for Poisson-sampled Gaussians (Bu, Dong, Long, Su 2020, arXiv 1911.11607):
/// μ ≈ q·√(T·(e^(1/σ²) − 1)). This is NOT a guarantee: it usually lies below the true ε. It is here to compare with papers that report it.
/// </summary>
public static class CentralLimitEstimate
{
    /// <summary>The estimated μ; not a bound.</summary>
    /// <param name="rate">q.</param>
    /// <param name="noiseMultiplier">σ &gt; 0.</param>
    /// <param name="steps">T ≥ 0.</param>
    public static double MuNotAGuarantee(SamplingRate rate, NoiseMultiplier noiseMultiplier, long steps)
    {
        Require.Positive(noiseMultiplier.Value);
        Require.AtLeast(0, steps);
        return rate.Value * Math.Sqrt(steps * Numerics.Elementary.Expm1(Math.Pow(noiseMultiplier.Value, -2)));
    }

    /// <summary>The estimated ε at δ; not a bound.</summary>
    /// <param name="rate">q.</param>
    /// <param name="noiseMultiplier">σ &gt; 0.</param>
    /// <param name="steps">T ≥ 0.</param>
    /// <param name="delta">δ.</param>
    public static Epsilon EpsilonNotAGuarantee(SamplingRate rate, NoiseMultiplier noiseMultiplier, long steps, Delta delta) =>
        AnalyticGaussian.EpsilonAt(MuNotAGuarantee(rate, noiseMultiplier, steps), delta);
}
