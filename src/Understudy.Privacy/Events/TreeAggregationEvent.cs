namespace Understudy.Privacy.Events;

/// <summary>Prefix sums of a stream by a binary tree of Gaussian sums (DP-FTRL, Kairouz et al. 2021, arXiv 2103.00039). Zero-out neighbours only.</summary>
/// <param name="NoiseMultiplier">σ of each node, relative to the per-record bound C.</param>
/// <param name="Steps">How many prefix sums, at least 1; each record enters one of them.</param>
public sealed record TreeAggregationEvent(NoiseMultiplier NoiseMultiplier, long Steps) : PrivacyEvent
{
    /// <summary>How many prefix sums, at least 1.</summary>
    public long Steps { get; } = Require.AtLeast(1, Steps);
}
