using System.Text.Json.Serialization;

namespace Understudy.Privacy.Events;

/// <summary>
/// One access to private records, as an immutable value: what an accountant is told. Events are data; they do not run anything.
/// A kind is never removed and never changes its meaning, because ledgers hold old ones.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(NoOpEvent), "no-op")]
[JsonDerivedType(typeof(NonPrivateEvent), "non-private")]
[JsonDerivedType(typeof(UnaccountedEvent), "unaccounted")]
[JsonDerivedType(typeof(GaussianEvent), "gaussian")]
[JsonDerivedType(typeof(LaplaceEvent), "laplace")]
[JsonDerivedType(typeof(DiscreteGaussianEvent), "discrete-gaussian")]
[JsonDerivedType(typeof(DiscreteGaussianVectorEvent), "discrete-gaussian-vector")]
[JsonDerivedType(typeof(ZCdpEvent), "zcdp")]
[JsonDerivedType(typeof(EpsilonDeltaEvent), "epsilon-delta")]
[JsonDerivedType(typeof(RandomizedResponseEvent), "randomized-response")]
[JsonDerivedType(typeof(ExponentialMechanismEvent), "exponential-mechanism")]
[JsonDerivedType(typeof(PermuteAndFlipEvent), "permute-and-flip")]
[JsonDerivedType(typeof(MixtureOfGaussiansEvent), "mixture-of-gaussians")]
[JsonDerivedType(typeof(PoissonSampledEvent), "poisson-sampled")]
[JsonDerivedType(typeof(TruncatedPoissonGaussianEvent), "truncated-poisson-gaussian")]
[JsonDerivedType(typeof(FixedBatchGaussianEvent), "fixed-batch-gaussian")]
[JsonDerivedType(typeof(RandomShardGaussianEvent), "random-shard-gaussian")]
[JsonDerivedType(typeof(TreeAggregationEvent), "tree-aggregation")]
[JsonDerivedType(typeof(RepeatAndSelectEvent), "repeat-and-select")]
[JsonDerivedType(typeof(SelfComposedEvent), "self-composed")]
[JsonDerivedType(typeof(ComposedEvent), "composed")]
public abstract record PrivacyEvent
{
    /// <summary>This event, run <paramref name="count"/> times on the same data, adaptively or not.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public SelfComposedEvent Times(long count) => new(this, count);

    /// <summary>This event followed by another on the same data.</summary>
    public ComposedEvent Then(PrivacyEvent next) => new([this, next]);

    /// <summary>This event, run on a Poisson sample of the records.</summary>
    public PoissonSampledEvent Sampled(SamplingRate rate) => new(rate, this);
}
