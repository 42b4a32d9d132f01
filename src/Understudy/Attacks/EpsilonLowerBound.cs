using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Attacks;

/// <summary>
/// Lower bounds on ε from Clopper–Pearson limits of an attack's rates (Jagielski, Ullman and Oprea, "Auditing differentially private
/// machine learning", arXiv 2006.07709; Nasr et al., "Adversary instantiation", arXiv 2101.04535).
/// </summary>
/// <remarks>
/// The limits take records to be independent and ask for a threshold that was not chosen on them. They are limits for the average
/// record; a guarantee speaks of the worst one, so a small bound is no evidence of privacy.
/// </remarks>
public static class EpsilonLowerBound
{
    /// <summary>The bound from counts: ln((TPR_lower − δ) / FPR_upper), each limit at half the significance; at least 0.</summary>
    /// <param name="truePositives">Members called members.</param>
    /// <param name="members">Members, at least 1.</param>
    /// <param name="falsePositives">Non-members called members.</param>
    /// <param name="nonMembers">Non-members, at least 1.</param>
    /// <param name="delta">δ, in [0, 1).</param>
    /// <param name="significance">Probability that the bound is wrong, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double FromCounts(long truePositives, long members, long falsePositives, long nonMembers, double delta, double significance)
    {
        if (!(delta >= 0 && delta < 1)) throw new ArgumentOutOfRangeException(nameof(delta), delta, "δ lies in [0, 1)");
        var tpr = 1 - ClopperPearson.Upper(members - truePositives, members, significance / 2);
        var fpr = ClopperPearson.Upper(falsePositives, nonMembers, significance / 2);
        return tpr <= delta ? 0 : Math.Max(0, Math.Log((tpr - delta) / fpr));
    }

    /// <summary>The bound at a threshold that was fixed before the scores were seen.</summary>
    /// <param name="memberScores">Scores of members.</param>
    /// <param name="nonMemberScores">Scores of non-members.</param>
    /// <param name="threshold">Records that score at least this are called members.</param>
    /// <param name="delta">δ, in [0, 1).</param>
    /// <param name="significance">Probability that the bound is wrong, in (0, 1).</param>
    /// <exception cref="InputException">There are no scores of one kind.</exception>
    public static EpsilonBound AtThreshold(ReadOnlySpan<double> memberScores, ReadOnlySpan<double> nonMemberScores, double threshold,
        double delta, double significance = 0.05)
    {
        if (memberScores.IsEmpty || nonMemberScores.IsEmpty) throw new InputException("a lower bound needs scores of members and of non-members");
        var (truePositives, falsePositives) = (CountAtLeast(memberScores, threshold), CountAtLeast(nonMemberScores, threshold));
        var epsilon = FromCounts(truePositives, memberScores.Length, falsePositives, nonMemberScores.Length, delta, significance);
        return new EpsilonBound(epsilon, delta, significance, "Clopper-Pearson, threshold given", threshold,
            truePositives, memberScores.Length, falsePositives, nonMemberScores.Length);
    }

    /// <summary>The bound at a threshold chosen on a random half of the scores and evaluated on the other half.</summary>
    /// <remarks>The choice is the vertex of the first half's convex hull at which its own bound is largest.</remarks>
    /// <param name="memberScores">Scores of at least two members.</param>
    /// <param name="nonMemberScores">Scores of at least two non-members.</param>
    /// <param name="delta">δ, in [0, 1).</param>
    /// <param name="seed">Of the split: same seed, same bound.</param>
    /// <param name="significance">Probability that the bound is wrong, in (0, 1).</param>
    /// <exception cref="InputException">There are fewer than two scores of one kind, or one is NaN.</exception>
    public static EpsilonBound WithSplit(ReadOnlySpan<double> memberScores, ReadOnlySpan<double> nonMemberScores,
        double delta, ulong seed, double significance = 0.05)
    {
        if (Math.Min(memberScores.Length, nonMemberScores.Length) < 2)
            throw new InputException("a lower bound with a split needs at least 2 members and 2 non-members");
        var random = new SplitMix64(seed);
        double[] members = memberScores.ToArray(), nonMembers = nonMemberScores.ToArray();
        random.Shuffle(members.AsSpan());
        random.Shuffle(nonMembers.AsSpan());
        int halfMembers = members.Length / 2, halfNonMembers = nonMembers.Length / 2;
        var choice = RocCurve.FromScores(members.AsSpan(0, halfMembers), nonMembers.AsSpan(0, halfNonMembers));
        var best = choice.Hull.MaxBy(point => FromCounts(point.TruePositives, halfMembers, point.FalsePositives, halfNonMembers, delta, significance));
        return AtThreshold(members.AsSpan(halfMembers), nonMembers.AsSpan(halfNonMembers), best.Threshold, delta, significance)
            with { Method = "Clopper-Pearson, threshold chosen on the other half of the scores" };
    }

    private static int CountAtLeast(ReadOnlySpan<double> scores, double threshold)
    {
        var count = 0;
        foreach (var score in scores) count += score >= threshold ? 1 : 0;
        return count;
    }
}
