using Understudy.Privacy.Accounting.Pld;
using Understudy.Privacy.Events;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Rdp;

/// <summary>A bound R(α) on the Rényi divergence of some events between neighbours, and the failure mass δ that it leaves out.</summary>
/// <param name="At">R(α) for α in (1, ∞], in nats; may be infinite.</param>
/// <param name="FailureMass">δ of (ε, δ) parts, on top of what R implies.</param>
internal sealed record RenyiCurve(Func<double, double> At, double FailureMass)
{
    /// <summary>The curve of a tree of events.</summary>
    /// <exception cref="UnsupportedEventException">Some part has no known bound under the relation.</exception>
    public static RenyiCurve Of(PrivacyEvent root, NeighbouringRelation relation)
    {
        var parts = NormalForm.Of(root).Select(part => (Curve: Leaf(part.Event, relation), part.Count)).ToArray();
        var logSuccess = parts.Sum(p => p.Curve.FailureMass < 1 ? p.Count * Elementary.Log1p(-p.Curve.FailureMass) : double.NegativeInfinity);
        return new RenyiCurve(alpha => parts.Sum(p => p.Count * p.Curve.At(alpha)), -Elementary.Expm1(logSuccess));
    }

    private static RenyiCurve Leaf(PrivacyEvent leaf, NeighbouringRelation relation)
    {
        var distance = relation == NeighbouringRelation.ReplaceOne ? 2 : 1;
        var isReplaceOne = relation == NeighbouringRelation.ReplaceOne;
        switch (leaf)
        {
            case NonPrivateEvent:
                return new RenyiCurve(_ => double.PositiveInfinity, 0);
            case GaussianEvent e:
                return Exact(alpha => RenyiDivergence.Gaussian(distance / e.NoiseMultiplier.Value, alpha));
            case LaplaceEvent e:
                return Exact(alpha => RenyiDivergence.Laplace(e.Scale / distance, alpha));
            case DiscreteGaussianEvent e:
                return Exact(alpha => RenyiDivergence.Gaussian(distance * e.Sensitivity / e.Sigma, alpha));
            case DiscreteGaussianVectorEvent e:
                return Exact(alpha => RenyiDivergence.Gaussian(distance / e.NoiseMultiplier.Value, alpha));
            case ZCdpEvent e:
                return Exact(alpha => e.Rho == 0 ? e.Xi : e.Xi + e.Rho * alpha);
            case EpsilonDeltaEvent e:
                return new RenyiCurve(alpha => RenyiDivergence.Pure(e.Epsilon.Value, alpha), e.Delta.Value);
            case ExponentialMechanismEvent e:
                return Exact(alpha => RenyiDivergence.BoundedRange(e.Epsilon.Value, alpha));
            case PermuteAndFlipEvent e:
                return Exact(alpha => e.Epsilon.Value == 0 ? 0 : RenyiDivergence.Laplace(1 / e.Epsilon.Value, alpha));
            case RandomizedResponseEvent e when relation != NeighbouringRelation.AddOrRemoveOne:
                return RandomizedResponse(e, isReplaceOne);
            case PoissonSampledEvent { Event: GaussianEvent e } sampled when !isReplaceOne:
                return Exact(alpha => SampledGaussian.Divergence(sampled.Rate.Value, e.NoiseMultiplier.Value, alpha));
            case PoissonSampledEvent { Event: LaplaceEvent e } sampled when !isReplaceOne:
                return Exact(alpha => SampledLaplace.Divergence(sampled.Rate.Value, e.Scale, alpha));
            case TruncatedPoissonGaussianEvent e when relation == NeighbouringRelation.ReplaceSpecial:
                // An overfull batch happens with the same probability for both neighbours. What it reveals is not bounded here: it is all failure mass.
                var plain = Of(new PoissonSampledEvent(e.Rate, new GaussianEvent(e.NoiseMultiplier)), relation);
                return plain with { FailureMass = DominatingPairs.Overfull(e) };
            case TruncatedPoissonGaussianEvent:
                throw new UnsupportedEventException(
                    leaf, "a truncated Poisson sample is accounted for only under ReplaceSpecial, because the analysis needs N to be public.");
            case FixedBatchGaussianEvent e when isReplaceOne:
                return Exact(new FixedBatchGaussian((double)e.Batch / e.Records, e.NoiseMultiplier.Value / 2).Divergence);
            case RandomShardGaussianEvent e:
                return Exact(new FixedBatchGaussian(1.0 / e.Shards, e.NoiseMultiplier.Value / 2).Divergence);
            case FixedBatchGaussianEvent:
                throw new UnsupportedEventException(leaf, "batches without replacement are accounted for only under ReplaceOne: N and B are public there.");
            case TreeAggregationEvent e when relation == NeighbouringRelation.ReplaceSpecial:
                return Exact(alpha => Math.Ceiling(Math.Log2(e.Steps + 1.0)) * RenyiDivergence.Gaussian(1 / e.NoiseMultiplier.Value, alpha));
            case TreeAggregationEvent:
                throw new UnsupportedEventException(
                    leaf, "tree aggregation is accounted for only under ReplaceSpecial, where a record keeps its place in the stream.");
            case RepeatAndSelectEvent e:
                return RepeatAndSelect(e, relation);
            case UnaccountedEvent:
                throw new UnsupportedEventException(leaf, "nothing is known about its privacy.");
            default:
                throw new UnsupportedEventException(leaf, $"no bound on its Rényi divergence under {relation} is known; try the privacy-loss accountant.");
        }
    }

    private static RenyiCurve Exact(Func<double, double> curve) => new(curve, 0);

    private static RenyiCurve RandomizedResponse(RandomizedResponseEvent e, bool isReplaceOne)
    {
        double k = e.Categories, other = e.NoiseProbability / k, truth = 1 - e.NoiseProbability + other;
        // The k outcomes of the answer: the record's category, the other record's (or any other), and the rest lumped together.
        double[] p = [truth, other, (k - 2) * other];
        double[] q = isReplaceOne ? [other, truth, (k - 2) * other] : [1 / k, 1 / k, (k - 2) / k];
        return Exact(alpha => RenyiDivergence.Finite(p, q, alpha));
    }

    private static RenyiCurve RepeatAndSelect(RepeatAndSelectEvent e, NeighbouringRelation relation)
    {
        var run = Of(e.Event, relation);
        if (run.FailureMass > 0)
            throw new UnsupportedEventException(e, "a run with a failure mass δ cannot be repeated and selected from by Rényi divergence.");
        var logGamma = Math.Log(Monotone.FirstTrue(0, 1, gamma => Mean(gamma, e.Eta) <= e.MeanRuns));
        var penalty = RdpOrders.Default.Min(a => (1 - 1 / a) * run.At(a) - logGamma / a);
        return Exact(alpha => double.IsPositiveInfinity(alpha)
            ? run.At(alpha) + (1 + e.Eta) * penalty
            : run.At(alpha) + (1 + e.Eta) * penalty + Math.Log(e.MeanRuns) / (alpha - 1));

        // Mean of the truncated negative binomial distribution, falling in γ.
        static double Mean(double gamma, double eta) => eta == 0
            ? (1 / gamma - 1) / -Math.Log(gamma)
            : eta * (1 / gamma - 1) / -Elementary.Expm1(eta * Math.Log(gamma));
    }
}
