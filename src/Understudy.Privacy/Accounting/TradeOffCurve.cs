using Understudy.Privacy.Accounting.Pld;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Accounting;

/// <summary>
/// What the best possible attacker achieves who sees everything that some events release and must tell whether one record took part: the
/// ROC curve of the dominating pair, positive meaning that it did (the trade-off function of Dong, Roth, Su 2019, arXiv 1905.02383). No
/// attack on the release can lie above the upper end.
/// </summary>
public sealed class TradeOffCurve
{
    private readonly Func<double, (double Lower, double Upper)> truePositiveRate;

    /// <summary>Composes the events once; questions are then cheap.</summary>
    /// <param name="privacyEvent">What is released.</param>
    /// <param name="relation">Which data sets are compared.</param>
    /// <param name="options">How finely; null for the default.</param>
    /// <exception cref="UnsupportedEventException">Some part has no known privacy-loss distribution under the relation.</exception>
    public TradeOffCurve(PrivacyEvent privacyEvent, NeighbouringRelation relation, PldOptions? options = null)
    {
        var pairs = DominatingPairs.Of(privacyEvent, relation);
        if (pairs is null) truePositiveRate = _ => (1, 1);
        else if (pairs.Count == 0) truePositiveRate = f => (f, f);
        else if (pairs is [{ Count: 1 } single]) truePositiveRate = f => Exactly(SingleRelease.TruePositiveRate(single.Pair, f));
        else
        {
            var (upper, lower) = new PldComposition(pairs, options ?? new PldOptions(), new ComposedLoss.Workspace()).Distribution();
            truePositiveRate = f => (Math.Max(f, lower.TruePositiveRate(f, -1)), Math.Max(f, upper.TruePositiveRate(f, +1)));
        }
    }

    /// <summary>The ends between which the best true-positive rate at a false-positive rate lies.</summary>
    /// <param name="falsePositiveRate">f in [0, 1].</param>
    public (double Lower, double Upper) TruePositiveRate(double falsePositiveRate)
    {
        Require.Probability(falsePositiveRate);
        return falsePositiveRate == 1 ? (1, 1) : truePositiveRate(falsePositiveRate);
    }

    private static (double Lower, double Upper) Exactly(double rate) => (rate, rate);
}
