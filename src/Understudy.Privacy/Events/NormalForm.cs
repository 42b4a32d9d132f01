namespace Understudy.Privacy.Events;

/// <summary>
/// Any tree of events as a flat list of distinct leaves with their counts: compositions multiplied out, rates of 0 and 1 resolved, several
/// Gaussians on one Poisson sample merged to σ = (Σ σᵢ⁻²)^(−½), and noise of zero turned into no privacy.
/// </summary>
internal static class NormalForm
{
    /// <summary>Flattens a tree.</summary>
    /// <exception cref="UnsupportedEventException">A Poisson sample of something that nobody can account for.</exception>
    public static IReadOnlyList<(PrivacyEvent Event, long Count)> Of(PrivacyEvent root)
    {
        var counts = new Dictionary<PrivacyEvent, long>();
        var order = new List<PrivacyEvent>();
        Visit(root, 1);
        return [.. order.Select(e => (e, counts[e]))];

        void Visit(PrivacyEvent node, long count)
        {
            if (count == 0) return;
            switch (node)
            {
                case NoOpEvent:
                    return;
                case ComposedEvent composed:
                    foreach (var part in composed.Events) Visit(part, count);
                    return;
                case SelfComposedEvent repeated:
                    Visit(repeated.Event, checked(count * repeated.Count));
                    return;
                case PoissonSampledEvent { Rate.Value: 1 } all:
                    Visit(all.Event, count);
                    return;
                case PoissonSampledEvent sampled:
                    if (Sampled(sampled) is { } leaf) Add(leaf, count);
                    return;
                case GaussianEvent { NoiseMultiplier.Value: 0 } or FixedBatchGaussianEvent { NoiseMultiplier.Value: 0 }
                    or TruncatedPoissonGaussianEvent { NoiseMultiplier.Value: 0 } or TreeAggregationEvent { NoiseMultiplier.Value: 0 }
                    or DiscreteGaussianVectorEvent { NoiseMultiplier.Value: 0 } or RandomShardGaussianEvent { NoiseMultiplier.Value: 0 }:
                    Add(new NonPrivateEvent(), count);
                    return;
                default:
                    Add(node, count);
                    return;
            }
        }

        void Add(PrivacyEvent leaf, long count)
        {
            if (counts.TryAdd(leaf, count)) order.Add(leaf);
            else counts[leaf] = checked(counts[leaf] + count);
        }
    }

    private static PrivacyEvent? Sampled(PoissonSampledEvent sampled)
    {
        var inner = Of(sampled.Event);
        if (inner.Count == 0 || sampled.Rate.Value == 0) return null;
        if (inner.Any(i => i.Event is NonPrivateEvent)) return new NonPrivateEvent();
        if (inner.All(i => i.Event is GaussianEvent))
        {
            var precision = inner.Sum(i => i.Count * Math.Pow(((GaussianEvent)i.Event).NoiseMultiplier.Value, -2));
            return new PoissonSampledEvent(sampled.Rate, inner is [{ Count: 1 } only] ? only.Event : new GaussianEvent(1 / Math.Sqrt(precision)));
        }
        if (inner is [{ Count: 1, Event: LaplaceEvent or DiscreteGaussianEvent } single]) return new PoissonSampledEvent(sampled.Rate, single.Event);
        throw new UnsupportedEventException(sampled, "a Poisson sample is accounted for only around Gaussians, or one Laplace, or one discrete Gaussian.");
    }
}
