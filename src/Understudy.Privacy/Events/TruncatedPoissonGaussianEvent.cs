namespace Understudy.Privacy.Events;

/// <summary>
/// A Poisson-sampled Gaussian sum whose batch never exceeds a maximum: an overfull draw keeps a uniform subset (arXiv 2508.15089).
/// Zero-out neighbours only, because the analysis needs N.
/// </summary>
/// <param name="Records">N ≥ 1, public.</param>
/// <param name="Rate">q.</param>
/// <param name="MaximumBatch">The largest batch, at least 1.</param>
/// <param name="NoiseMultiplier">σ, relative to the per-record bound C.</param>
public sealed record TruncatedPoissonGaussianEvent(long Records, SamplingRate Rate, long MaximumBatch, NoiseMultiplier NoiseMultiplier) : PrivacyEvent
{
    /// <summary>N ≥ 1.</summary>
    public long Records { get; } = Require.AtLeast(1, Records);

    /// <summary>The largest batch, at least 1.</summary>
    public long MaximumBatch { get; } = Require.AtLeast(1, MaximumBatch);
}
