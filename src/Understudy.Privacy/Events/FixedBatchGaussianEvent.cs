namespace Understudy.Privacy.Events;

/// <summary>A Gaussian sum over a batch of exactly B of N records, drawn uniformly without replacement, afresh each step. Replace-one neighbours only.</summary>
/// <param name="Records">N ≥ 1, public.</param>
/// <param name="Batch">B in [1, N].</param>
/// <param name="NoiseMultiplier">σ, relative to the per-record bound C (not to the replace-one sensitivity 2C).</param>
public sealed record FixedBatchGaussianEvent(long Records, long Batch, NoiseMultiplier NoiseMultiplier) : PrivacyEvent
{
    /// <summary>N ≥ 1.</summary>
    public long Records { get; } = Require.AtLeast(1, Records);

    /// <summary>B in [1, N].</summary>
    public long Batch { get; } = Batch <= Records
        ? Require.AtLeast(1, Batch)
        : throw new ArgumentOutOfRangeException(nameof(Batch), $"a batch of {Batch} cannot be drawn without replacement from {Records} records.");
}
