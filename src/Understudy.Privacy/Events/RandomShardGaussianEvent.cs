namespace Understudy.Privacy.Events;

/// <summary>
/// Records lie in S shards, each in one, whatever the others do. A step chooses one shard uniformly and releases a vector made from its records alone, of
/// L2 norm at most C, with Gaussian noise of standard deviation σC. A record may change its shard's vector altogether, by 2C, under every neighbouring relation.
/// </summary>
/// <param name="Shards">S ≥ 1, public.</param>
/// <param name="NoiseMultiplier">σ, relative to the bound C (not to the sensitivity 2C).</param>
public sealed record RandomShardGaussianEvent(long Shards, NoiseMultiplier NoiseMultiplier) : PrivacyEvent
{
    /// <summary>S ≥ 1.</summary>
    public long Shards { get; } = Require.AtLeast(1, Shards);
}
