using MathNet.Numerics.Distributions;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>The dominating pair of each kind of event under each neighbouring relation, in the direction of a record's removal.</summary>
internal static class DominatingPairs
{
    /// <summary>One pair a distinct part, with its count; all unsampled Gaussians are one pair. Null if some part has no privacy at all.</summary>
    /// <exception cref="UnsupportedEventException">Some part has no known pair under the relation.</exception>
    public static IReadOnlyList<(LossPair Pair, long Count)>? Of(PrivacyEvent root, NeighbouringRelation relation)
    {
        var pairs = new List<(LossPair, long)>();
        var squaredMu = 0.0;
        var isPrivate = true;
        foreach (var (leaf, count) in NormalForm.Of(root))
        {
            switch (leaf)
            {
                case NonPrivateEvent or EpsilonDeltaEvent { Epsilon.Value: double.PositiveInfinity }
                    or ExponentialMechanismEvent { Epsilon.Value: double.PositiveInfinity } or PermuteAndFlipEvent { Epsilon.Value: double.PositiveInfinity }:
                    isPrivate = false;
                    break;
                case GaussianEvent gaussian:
                    squaredMu += count * Math.Pow(Distance(relation) / gaussian.NoiseMultiplier.Value, 2);
                    break;
                default:
                    if (PairOf(leaf, relation) is { } pair) pairs.Add((pair, count));
                    break;
            }
        }
        if (squaredMu > 0) pairs.Add((new GaussianPair(Math.Sqrt(squaredMu)), 1));
        return isPrivate ? pairs : null;
    }

    private static LossPair? PairOf(PrivacyEvent leaf, NeighbouringRelation relation) => leaf switch
    {
        LaplaceEvent laplace => new LaplacePair(laplace.Scale / Distance(relation)),
        DiscreteGaussianEvent gaussian => DiscreteGaussian(gaussian.Sigma, gaussian.Sensitivity * Distance(relation)),
        EpsilonDeltaEvent known => EpsilonDelta(known.Epsilon.Value, known.Delta.Value),
        ExponentialMechanismEvent known => EpsilonDelta(known.Epsilon.Value, 0),
        PermuteAndFlipEvent { Epsilon.Value: 0 } => null,
        PermuteAndFlipEvent known => new LaplacePair(1 / known.Epsilon.Value),
        RandomizedResponseEvent response => RandomizedResponse(response, relation),
        MixtureOfGaussiansEvent mixture when relation != NeighbouringRelation.ReplaceOne =>
            mixture.Sensitivities.Zip(mixture.Probabilities).Any(m => m is { First: > 0, Second: > 0 })
                ? new GaussianMixturePair(mixture.StandardDeviation, mixture.Sensitivities, mixture.Probabilities)
                : null,
        PoissonSampledEvent { Event: GaussianEvent gaussian } sampled => PoissonGaussian(sampled.Rate.Value, gaussian.NoiseMultiplier.Value, relation),
        PoissonSampledEvent { Event: LaplaceEvent laplace } sampled when relation != NeighbouringRelation.ReplaceOne =>
            new PoissonSampledPair(sampled.Rate.Value, new LaplacePair(laplace.Scale)),
        PoissonSampledEvent { Event: DiscreteGaussianEvent gaussian } sampled when relation != NeighbouringRelation.ReplaceOne =>
            new PoissonSampledPair(sampled.Rate.Value, DiscreteGaussian(gaussian.Sigma, gaussian.Sensitivity)),
        TruncatedPoissonGaussianEvent truncated when relation == NeighbouringRelation.ReplaceSpecial => TruncatedPoisson(truncated),
        TruncatedPoissonGaussianEvent => throw new UnsupportedEventException(
            leaf, "a truncated Poisson sample is accounted for only under ReplaceSpecial, because the analysis needs N to be public."),
        RandomShardGaussianEvent { Shards: 1 } all => new GaussianPair(2 / all.NoiseMultiplier.Value),
        RandomShardGaussianEvent shard => new MixedReplacementPair(1.0 / shard.Shards, new GaussianPair(2 / shard.NoiseMultiplier.Value)),
        FixedBatchGaussianEvent => throw new UnsupportedEventException(
            leaf, "no privacy-loss distribution is known for batches without replacement; use the Rényi accountant under ReplaceOne."),
        ZCdpEvent or DiscreteGaussianVectorEvent or TreeAggregationEvent or RepeatAndSelectEvent => throw new UnsupportedEventException(
            leaf, "only its Rényi divergence is known; use the Rényi accountant."),
        UnaccountedEvent => throw new UnsupportedEventException(leaf, "nothing is known about its privacy."),
        _ => throw new UnsupportedEventException(leaf, $"its privacy-loss distribution under {relation} is not known."),
    };

    /// <summary>How far one record moves a sum of contributions bounded by 1.</summary>
    private static int Distance(NeighbouringRelation relation) => relation == NeighbouringRelation.ReplaceOne ? 2 : 1;

    private static LossPair PoissonGaussian(double rate, double sigma, NeighbouringRelation relation) =>
        relation == NeighbouringRelation.ReplaceOne
            ? new ReplaceOnePoissonGaussianPair(rate, sigma)
            : new PoissonSampledPair(rate, new GaussianPair(1 / sigma));

    /// <summary>Shift Δ of the discrete Gaussian on the integers: losses Δ(2k − Δ)/(2σ²).</summary>
    private static AtomsPair DiscreteGaussian(double sigma, int sensitivity)
    {
        const double reach = 17; // standard deviations; what lies beyond has mass below 1e-60
        var half = (int)Math.Ceiling(reach * sigma) + sensitivity;
        var variance = sigma * sigma;
        double Weight(double k) => Math.Exp(-k * k / (2 * variance));
        var total = 1.0;
        for (var k = half; k >= 1; k--) total += 2 * Weight(k);
        var atoms = new List<(double, double)>();
        for (var k = -half + sensitivity; k <= half; k++)
            atoms.Add((sensitivity * (2.0 * k - sensitivity) / (2 * variance), Weight(k - sensitivity) / total));
        return new AtomsPair(atoms, 1e-60, 0, sensitivity / variance, isSymmetric: true);
    }

    /// <summary>Every (ε, δ) mechanism is a post-processing of this one (Kairouz, Oh, Viswanath 2015, arXiv 1311.0776).</summary>
    private static AtomsPair? EpsilonDelta(double epsilon, double delta)
    {
        if (epsilon == 0 && delta == 0) return null;
        var odds = Math.Exp(-epsilon);
        double high = (1 - delta) / (1 + odds), low = (1 - delta) * odds / (1 + odds);
        return epsilon == 0
            ? new AtomsPair([(0, 1 - delta)], delta, delta, 0, isSymmetric: true)
            : new AtomsPair([(-epsilon, low), (epsilon, high)], delta, delta, 2 * epsilon, isSymmetric: true);
    }

    private static AtomsPair? RandomizedResponse(RandomizedResponseEvent response, NeighbouringRelation relation)
    {
        double k = response.Categories, other = response.NoiseProbability / k, truth = 1 - response.NoiseProbability + other;
        if (response.NoiseProbability == 1) return null;
        if (other == 0) return new AtomsPair([(0, 0)], 1, 1, 0, isSymmetric: true);
        var loss = Math.Log(truth / other);
        return relation switch
        {
            NeighbouringRelation.ReplaceOne => k == 2
                ? new AtomsPair([(-loss, other), (loss, truth)], 0, 0, 2 * loss, isSymmetric: true)
                : new AtomsPair([(-loss, other), (0, (k - 2) * other), (loss, truth)], 0, 0, loss, isSymmetric: true),
            NeighbouringRelation.ReplaceSpecial => new AtomsPair(
                [(Math.Log(other * k), (k - 1) * other), (Math.Log(truth * k), truth)], 0, 0, loss, isSymmetric: false),
            _ => throw new UnsupportedEventException(response, "randomized response answers once a record, so it has no meaning when records come or go."),
        };
    }

    /// <summary>
    /// With probability P(Bin(N − 1, q) ≥ B) the record may displace another one: then the neighbours differ by a replacement, at distance 2
    /// and at the rate at which an overfull batch keeps a given record; otherwise it is plain Poisson sampling (arXiv 2508.15089).
    /// </summary>
    private static LossPair TruncatedPoisson(TruncatedPoissonGaussianEvent e)
    {
        double rate = e.Rate.Value, sigma = e.NoiseMultiplier.Value;
        var plain = PoissonGaussian(rate, sigma, NeighbouringRelation.ReplaceSpecial);
        var overfull = Overfull(e);
        if (overfull <= 0) return plain;
        var kept = Math.Min(1, AtLeast(e.Records, rate, e.MaximumBatch + 1) * e.MaximumBatch / (e.Records * overfull));
        if (kept <= 0) return plain;
        LossPair displaced = kept < 1 ? new ReplaceOnePoissonGaussianPair(kept, sigma / 2) : new GaussianPair(4 / sigma);
        return overfull >= 1 ? displaced : new WeightedPair(overfull, displaced, plain);
    }

    /// <summary>The probability that a record may displace another one, because the others fill the batch: P(Bin(N − 1, q) ≥ B).</summary>
    public static double Overfull(TruncatedPoissonGaussianEvent e) => AtLeast(e.Records - 1, e.Rate.Value, e.MaximumBatch);

    /// <summary>P(Bin(n, q) ≥ k), by the incomplete beta function.</summary>
    private static double AtLeast(long n, double q, long k)
    {
        if (k <= 0) return 1;
        if (k > n || q == 0) return 0;
        return q == 1 ? 1 : Beta.CDF(k, n - k + 1, q);
    }
}
