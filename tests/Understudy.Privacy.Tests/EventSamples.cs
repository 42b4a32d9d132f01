using Understudy.Privacy.Events;

namespace Understudy.Privacy.Tests;

/// <summary>One event of every kind that can be accounted for under some relation.</summary>
internal static class EventSamples
{
    public static IReadOnlyList<PrivacyEvent> All { get; } =
    [
        new NoOpEvent(),
        new NonPrivateEvent(),
        new GaussianEvent(2.5),
        new LaplaceEvent(4),
        new DiscreteGaussianEvent(3, 2),
        new DiscreteGaussianVectorEvent(new NoiseMultiplier(3)),
        new ZCdpEvent(0.02, 0.001),
        new EpsilonDeltaEvent(new Epsilon(0.3), new Delta(0.001)),
        new RandomizedResponseEvent(0.7, 5),
        new ExponentialMechanismEvent(new Epsilon(0.4)),
        new PermuteAndFlipEvent(new Epsilon(0.4)),
        new MixtureOfGaussiansEvent(3, [0, 1, 2], [0.5, 0.3, 0.2]),
        new GaussianEvent(1).Sampled(new SamplingRate(0.05)),
        new LaplaceEvent(1).Sampled(new SamplingRate(0.05)),
        new DiscreteGaussianEvent(1.5).Sampled(new SamplingRate(0.05)),
        new TruncatedPoissonGaussianEvent(1000, new SamplingRate(0.05), 70, new NoiseMultiplier(2)),
        new FixedBatchGaussianEvent(1000, 20, new NoiseMultiplier(3)),
        new RandomShardGaussianEvent(50, new NoiseMultiplier(3)),
        new TreeAggregationEvent(new NoiseMultiplier(6), 100),
        new RepeatAndSelectEvent(new GaussianEvent(8), 5, 1),
    ];
}
