using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Attacks.Auditing;

/// <summary>Lower bounds on ε from scores. A threshold that was chosen on the very scores must be paid for, and each way of choosing says how.</summary>
public static class Audit
{
    private const int GuessCounts = 32;

    /// <summary>The bound at a threshold that was fixed before the scores were seen.</summary>
    /// <param name="auditor">The test.</param>
    /// <param name="memberScores">Scores of members.</param>
    /// <param name="nonMemberScores">Scores of non-members.</param>
    /// <param name="threshold">Records that score at least this are called members.</param>
    /// <param name="significance">Probability that the bound is wrong, in (0, 1).</param>
    /// <exception cref="InputException">There are no scores of one kind.</exception>
    public static EpsilonBound AtThreshold(
        Auditor auditor, ReadOnlySpan<double> memberScores, ReadOnlySpan<double> nonMemberScores, double threshold, double significance = 0.05)
    {
        var counts = AttackCounts.At(memberScores, nonMemberScores, threshold);
        return Bound(auditor, auditor.LowerBound(counts, significance), significance, "threshold given", threshold, counts);
    }

    /// <summary>The bound at a threshold chosen on a random half of the scores and evaluated on the other half.</summary>
    /// <remarks>The choice is the vertex of the first half's convex hull at which its own bound is largest.</remarks>
    /// <param name="auditor">The test.</param>
    /// <param name="memberScores">Scores of members.</param>
    /// <param name="nonMemberScores">Scores of non-members.</param>
    /// <param name="seed">Of the split: same seed, same bound.</param>
    /// <param name="significance">Probability that the bound is wrong, in (0, 1).</param>
    /// <exception cref="InputException">There are fewer than two scores of one kind, or one is NaN.</exception>
    public static EpsilonBound WithSplit(
        Auditor auditor, ReadOnlySpan<double> memberScores, ReadOnlySpan<double> nonMemberScores, ulong seed, double significance = 0.05)
    {
        if (Math.Min(memberScores.Length, nonMemberScores.Length) < 2)
            throw new InputException("a lower bound with a split needs at least 2 members and 2 non-members");
        var random = new SplitMix64(seed);
        double[] members = memberScores.ToArray(), nonMembers = nonMemberScores.ToArray();
        random.Shuffle(members.AsSpan());
        random.Shuffle(nonMembers.AsSpan());
        int halfMembers = members.Length / 2, halfNonMembers = nonMembers.Length / 2;
        var choice = RocCurve.FromScores(members.AsSpan(0, halfMembers), nonMembers.AsSpan(0, halfNonMembers));
        var (threshold, _, _) = Best(auditor, [.. choice.Hull.Select(point => (point.Threshold, Counts(choice, point)))], significance);
        return AtThreshold(auditor, members.AsSpan(halfMembers), nonMembers.AsSpan(halfNonMembers), threshold, significance)
            with { Method = $"{auditor.Name}, threshold chosen on the other half of the scores" };
    }

    /// <summary>The median of the bounds of many splits, each at half the significance.</summary>
    /// <remarks>If the claim is true, half of the bounds or more exceed it with at most twice the probability with which one does.</remarks>
    /// <param name="auditor">The test.</param>
    /// <param name="memberScores">Scores of members.</param>
    /// <param name="nonMemberScores">Scores of non-members.</param>
    /// <param name="seed">Of the split: same seed, same bound.</param>
    /// <param name="significance">Probability that the bound is wrong, in (0, 1).</param>
    /// <param name="splits">Number of splits, at least 1.</param>
    /// <exception cref="InputException">There are fewer than two scores of one kind, or one is NaN.</exception>
    public static EpsilonBound WithSplits(
        Auditor auditor, double[] memberScores, double[] nonMemberScores, ulong seed, double significance = 0.05, int splits = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(splits, 1);
        var bounds = new EpsilonBound[splits];
        Parallel.For(0, splits, Cores.All, i => bounds[i] = WithSplit(auditor, memberScores, nonMemberScores, SplitMix64.Scramble(seed + (ulong)i), significance / 2));
        Array.Sort(bounds, static (a, b) => a.Epsilon.CompareTo(b.Epsilon));
        return bounds[(splits - 1) / 2] with { Significance = significance, Method = $"{auditor.Name}, median over {splits} splits of the scores" };
    }

    /// <summary>The largest bound over the vertices of the ROC curve's convex hull, at the significance divided by their number.</summary>
    /// <remarks>
    /// Which points are vertices is seen from the scores, so that the correction is not strictly valid; it is what published figures
    /// use. <see cref="OverGuesses"/> and <see cref="WithSplit"/> are valid.
    /// </remarks>
    /// <param name="auditor">The test.</param>
    /// <param name="memberScores">Scores of members.</param>
    /// <param name="nonMemberScores">Scores of non-members.</param>
    /// <param name="significance">Probability that the bound is wrong, in (0, 1).</param>
    /// <exception cref="InputException">There are no scores of one kind, or one is NaN.</exception>
    public static EpsilonBound OverHull(
        Auditor auditor, ReadOnlySpan<double> memberScores, ReadOnlySpan<double> nonMemberScores, double significance = 0.05)
    {
        var curve = RocCurve.FromScores(memberScores, nonMemberScores);
        return Corrected(auditor, [.. curve.Hull.Select(point => (point.Threshold, Counts(curve, point)))], significance, "the ROC hull");
    }

    /// <summary>The largest bound over 32 numbers of guesses, fixed in advance, at the significance divided by their number.</summary>
    /// <remarks>
    /// The guesses are the highest scores of members and non-members together, as many as the share e^−k/4, k = 1 to 32, of all; equal scores
    /// go together. The auditors of one run allow that, since the scores alone decide who is guessed; those that count on binomial rates do not.
    /// </remarks>
    /// <param name="auditor">The test.</param>
    /// <param name="memberScores">Scores of the canaries that were put in.</param>
    /// <param name="nonMemberScores">Scores of those that were left out.</param>
    /// <param name="significance">Probability that the bound is wrong, in (0, 1).</param>
    /// <exception cref="InputException">There are no scores of one kind, or one is NaN.</exception>
    public static EpsilonBound OverGuesses(
        Auditor auditor, ReadOnlySpan<double> memberScores, ReadOnlySpan<double> nonMemberScores, double significance = 0.05)
    {
        var curve = RocCurve.FromScores(memberScores, nonMemberScores);
        var points = curve.Points;
        var candidates = new (double Threshold, AttackCounts Counts)[GuessCounts];
        var last = 0;
        for (var k = GuessCounts; k >= 1; k--)
        {
            var guesses = Math.Max(1, (memberScores.Length + nonMemberScores.Length) * Math.Exp(-k / 4.0));
            while (points[last].TruePositives + points[last].FalsePositives < guesses) last++;
            candidates[k - 1] = (points[last].Threshold, Counts(curve, points[last]));
        }
        return Corrected(auditor, candidates, significance, "numbers of guesses");
    }

    private static EpsilonBound Corrected(Auditor auditor, (double Threshold, AttackCounts Counts)[] candidates, double significance, string what)
    {
        var (threshold, epsilon, counts) = Best(auditor, candidates, significance / candidates.Length);
        return Bound(auditor, epsilon, significance, $"Bonferroni over {candidates.Length} thresholds ({what})", threshold, counts);
    }

    /// <summary>The candidate with the largest bound; the first where none shows anything.</summary>
    private static (double Threshold, double Epsilon, AttackCounts Counts) Best(
        Auditor auditor, (double Threshold, AttackCounts Counts)[] candidates, double significance)
    {
        var best = (candidates[0].Threshold, 0.0, candidates[0].Counts);
        foreach (var (threshold, counts) in candidates)
        {
            if (auditor.Refutes(counts, best.Item2, significance)) best = (threshold, auditor.LowerBound(counts, significance), counts);
        }
        return best;
    }

    private static AttackCounts Counts(RocCurve curve, RocPoint point) =>
        new(point.TruePositives, curve.PositiveCount, point.FalsePositives, curve.NegativeCount);

    private static EpsilonBound Bound(Auditor auditor, double epsilon, double significance, string choice, double threshold, AttackCounts counts) =>
        new(epsilon, auditor.Delta, significance, $"{auditor.Name}, {choice}", threshold,
            counts.TruePositives, counts.Members, counts.FalsePositives, counts.NonMembers);
}
