using Understudy.Metrics;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;

namespace Understudy.Attacks.Auditing;

/// <summary>
/// Auditing with one training run against a trade-off curve, about twice as tight as against (ε, δ) (Mahloujifar, Melis and Chaudhuri,
/// "Auditing f-differential privacy in one run", arXiv 2410.22235, algorithm 1). The hypothesis is μ-Gaussian DP, μ being the one at which
/// δ(ε) = δ.
/// </summary>
/// <remarks>
/// It refutes "the mechanism is μ-Gaussian DP", so its bound may exceed the true ε of a mechanism that is not Gaussian: show it beside
/// <see cref="OneRunAuditor"/>'s, or ask <see cref="Refutes(TradeOffCurve, AttackCounts, double)"/> about the mechanism's own curve.
/// </remarks>
/// <param name="delta">δ, in (0, 1).</param>
public sealed class OneRunGaussianAuditor(double delta) : Auditor(RequirePositive(delta))
{
    /// <inheritdoc/>
    public override string Name => "one training run, Gaussian DP";

    /// <inheritdoc/>
    public override bool Refutes(AttackCounts counts, double epsilon, double significance) =>
        RefutesMu(counts, AnalyticGaussian.MuFor(new Epsilon(epsilon), new Delta(Delta)), significance);

    /// <summary>The ε at which δ(ε) = Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ) is δ, for the largest μ that the counts refute.</summary>
    /// <inheritdoc cref="Auditor.LowerBound" path="/param"/>
    public override double LowerBound(AttackCounts counts, double significance) =>
        AnalyticGaussian.EpsilonAt(Largest(mu => RefutesMu(counts, mu, significance)), new Delta(Delta)).Value;

    /// <summary>Whether counts refute that a mechanism has a trade-off curve, or its mirror image.</summary>
    /// <param name="claim">What the best attacker is said to achieve.</param>
    /// <param name="counts">Guesses and right guesses; canaries.</param>
    /// <param name="significance">Probability of refuting a claim that is true, in (0, 1).</param>
    public static bool Refutes(TradeOffCurve claim, AttackCounts counts, double significance)
    {
        // The neighbour may be the data set with the canary or the one without: the curve that allows more counts.
        return Refutes(tpr => Math.Min(LeastFalsePositiveRate(tpr), 1 - claim.TruePositiveRate(1 - tpr).Upper), counts, significance);

        double LeastFalsePositiveRate(double tpr)
        {
            double low = 0, high = tpr;
            for (var i = 0; i < 60; i++)
            {
                var middle = (low + high) / 2;
                if (claim.TruePositiveRate(middle).Upper < tpr) low = middle;
                else high = middle;
            }
            return low;
        }
    }

    private static bool RefutesMu(AttackCounts counts, double mu, double significance) =>
        Refutes(tpr => Distributions.NormalCdf(Distributions.NormalQuantile(tpr) - mu), counts, significance);

    /// <summary>Whether counts refute that an attacker needs at least so large a false-positive rate for a true-positive rate.</summary>
    private static bool Refutes(Func<double, double> leastFalsePositiveRate, AttackCounts counts, double significance)
    {
        counts.Check();
        Distributions.RequireProbability(significance, "significance");
        double canaries = counts.Records;
        var (guesses, right) = (counts.Guesses, counts.TruePositives);
        double r = significance * right / canaries, h = significance * (guesses - right) / canaries;
        for (var i = right - 1; i >= 0; i--)
        {
            var raised = Math.Max(h, leastFalsePositiveRate(r));
            if (raised <= h) break;
            r = Math.Min(1, r + (double)i / (guesses - i) * (raised - h));
            h = raised;
        }
        return r + h > guesses / canaries;
    }
}
