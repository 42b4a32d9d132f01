using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Attacks;

/// <summary>The accuracy of a membership attack whose threshold was chosen on other records than it is measured on.</summary>
/// <remarks>The best threshold on the same records is above one half even where nothing leaks.</remarks>
public static class HeldOutAccuracy
{
    /// <summary>Chooses a threshold on one half and applies it to the other, both ways round.</summary>
    /// <param name="members">Scores of members, larger meaning "more likely a member".</param>
    /// <param name="nonMembers">As many scores of non-members.</param>
    /// <param name="seed">Of the halves.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The share of right answers, with Wilson's interval; chance is 0.5, and a value below it is chance too.</returns>
    /// <exception cref="InputException">Numbers differ, or there are fewer than four of each.</exception>
    public static Metric Measure(IReadOnlyList<double> members, IReadOnlyList<double> nonMembers, ulong seed, double level = 0.95)
    {
        const int fewest = 4;
        if (members.Count != nonMembers.Count || members.Count < fewest)
            throw new InputException($"{members.Count} members and {nonMembers.Count} non-members; give equally many, {fewest} of each or more");
        var order = Enumerable.Range(0, members.Count).ToArray();
        new SplitMix64(Seed.Derive(seed, "halves")).Shuffle(order.AsSpan());
        int[][] halves = [order[..(order.Length / 2)], order[(order.Length / 2)..]];
        var right = Right(halves[0], halves[1]) + Right(halves[1], halves[0]);
        var all = 2 * members.Count;
        return new Metric("attack accuracy", (double)right / all, Wilson.TwoSided(right, all, level), "threshold chosen on one half of the records and measured on the other");

        int Right(int[] chosenOn, int[] measuredOn)
        {
            var curve = RocCurve.FromScores([.. chosenOn.Select(i => members[i])], [.. chosenOn.Select(i => nonMembers[i])]);
            var threshold = curve.Points.MaxBy(point => point.TruePositiveRate - point.FalsePositiveRate)!.Threshold;
            return measuredOn.Sum(i => (members[i] >= threshold ? 1 : 0) + (nonMembers[i] >= threshold ? 0 : 1));
        }
    }
}
