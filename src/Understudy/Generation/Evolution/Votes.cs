using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Generation.Evolution;

/// <summary>The histogram of private votes: each record votes for its k nearest candidates of its own class, 1/√k each, so that its votes have length 1.</summary>
internal static class Votes
{
    /// <summary>C: the largest L2 norm of one record's votes, under the neighbouring relation that adds or removes it.</summary>
    public const double Bound = 1;

    // Keeps what votes round to in sums from passing the bound.
    private const double Margin = 1e-9;

    /// <summary>Σ over records of their votes, [K, M].</summary>
    /// <param name="records">The voters. Of equally near candidates the first gets the vote, whatever the order of records.</param>
    /// <param name="candidates">[K] of each class M candidates; of records without classes one set of them.</param>
    /// <param name="neighbours">k, at most M.</param>
    public static double[] Count(ImageSet records, ImageSet[] candidates, int neighbours)
    {
        var bins = candidates[0].Count;
        var counts = new double[candidates.Length * bins];
        for (var k = 0; k < candidates.Length; k++)
        {
            var label = k;
            int[] voters = [.. Enumerable.Range(0, records.Count).Where(i => records.Labels is null || records.Labels[i] == label)];
            if (voters.Length == 0) continue;
            foreach (var nearest in NearestNeighbours.Find(records.Subset(voters), candidates[k], neighbours)) counts[k * bins + nearest]++;
        }
        var weight = Bound * (1 - Margin) / Math.Sqrt(neighbours);
        return Array.ConvertAll(counts, count => count * weight);
    }

    /// <summary>Selects from the M candidates of one class by noised votes.</summary>
    /// <param name="noised">[M], at least <paramref name="count"/> of them for <see cref="Selection.Rank"/>.</param>
    /// <param name="threshold">H, taken off after the noise.</param>
    /// <param name="count">How many.</param>
    /// <param name="selection">How.</param>
    /// <param name="seed">Of the choice, which touches no record.</param>
    /// <returns>Numbers of candidates; uniformly chosen where no vote is left.</returns>
    public static int[] Select(ReadOnlySpan<double> noised, double threshold, int count, Selection selection, ulong seed)
    {
        var left = new double[noised.Length];
        for (var i = 0; i < left.Length; i++) left[i] = Math.Max(0, noised[i] - threshold);
        if (selection == Selection.Rank) return [.. Enumerable.Range(0, left.Length).OrderByDescending(i => left[i]).Take(count)];
        if (left.All(votes => votes == 0)) Array.Fill(left, 1);
        for (var i = 1; i < left.Length; i++) left[i] += left[i - 1];
        var random = new SplitMix64(seed);
        var selected = new int[count];
        for (var i = 0; i < count; i++)
        {
            var drawn = random.NextFraction() * left[^1];
            var found = Array.BinarySearch(left, drawn);
            // The first candidate whose cumulated votes exceed what was drawn.
            var place = found < 0 ? ~found : found + 1;
            while (place < left.Length - 1 && left[place] <= drawn) place++;
            selected[i] = place;
        }
        return selected;
    }
}
