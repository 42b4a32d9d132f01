using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>
/// A diagnostic of overfitting by nearest neighbours. It is no privacy measure: data that pass such tests can be highly vulnerable to
/// membership inference (Yao et al., "The DCR Delusion", arXiv 2505.01524).
/// </summary>
public static class Memorisation
{
    /// <summary>The figure that counts synthetic records which equal a member.</summary>
    public const string CopiesName = "exact copies[pixels]";

    private const string Caveat = "not a privacy measure";

    /// <summary>Compares by pixels, scaled to [0, 1].</summary>
    /// <remarks>
    /// The larger of members and holdout is cut to the size of the smaller at random, since a record is nearer to a larger set; copies are
    /// sought among all members.
    /// </remarks>
    /// <param name="synthetic">The synthetic images.</param>
    /// <param name="members">What the generator was trained on.</param>
    /// <param name="holdout">Records of the same distribution that it has not seen.</param>
    /// <param name="seed">Of the cut: same seed, same figures.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">A set is empty or shapes differ.</exception>
    public static MemorisationReport Measure(ImageSet synthetic, ImageSet members, ImageSet holdout, ulong seed, double level = 0.95)
    {
        var count = Math.Min(members.Count, holdout.Count);
        var nearMembers = Distances(synthetic, Cut(members, count, seed));
        var nearHoldout = Distances(synthetic, Cut(holdout, count, seed));
        return new MemorisationReport(nearMembers, nearHoldout,
        [
            NearerShare(nearMembers, nearHoldout, count, level),
            Copies(synthetic, members, holdout),
            Median("median distance to members[pixels]", nearMembers, level),
            Median("median distance to holdout[pixels]", nearHoldout, level),
        ]);
    }

    private static ImageSet Cut(ImageSet images, int count, ulong seed) =>
        images.Count == count ? images : images.Subset(new SplitMix64(seed).Pick([.. Enumerable.Range(0, images.Count)], count));

    private static double[] Distances(ImageSet synthetic, ImageSet references)
    {
        if (synthetic.Count == 0) throw new InputException("there is no synthetic image to measure");
        return [.. NearestNeighbours.Find(synthetic, references).SquaredDistances.Select(square => Math.Sqrt(square) / byte.MaxValue)];
    }

    private static Metric NearerShare(double[] nearMembers, double[] nearHoldout, int count, double level)
    {
        double nearer = 0;
        for (var i = 0; i < nearMembers.Length; i++) nearer += nearMembers[i] < nearHoldout[i] ? 1 : nearMembers[i] == nearHoldout[i] ? 0.5 : 0;
        return new Metric("DCR share[pixels]", nearer / nearMembers.Length, Wilson.TwoSided(nearer, nearMembers.Length, level),
            $"{Caveat}; share of synthetic records nearer to a member than to a held-out record, {count} of each, ties split; ideal 0.5");
    }

    /// <summary>Of pairs the images alone are compared: one that comes back under another mask is a copy all the same, and simple masks are alike by chance.</summary>
    private static Metric Copies(ImageSet synthetic, ImageSet members, ImageSet holdout)
    {
        if (synthetic.Shape.HasMask) return Copies(ImagePairs.Images(synthetic), ImagePairs.Images(members), ImagePairs.Images(holdout));
        var copies = CountIn(new ExactImages(members));
        var chance = CountIn(new ExactImages(holdout));
        return new Metric(CopiesName, copies,
            Note: $"{Caveat}; of {synthetic.Count} synthetic records these equal one of {members.Count} members; {chance} equal one of {holdout.Count} held-out records");

        int CountIn(ExactImages images) => Enumerable.Range(0, synthetic.Count).Count(i => images.Contains(synthetic.Image(i)));
    }

    /// <summary>The median with the order statistics at ½(N ± z√N) around it as its interval, which holds for any distribution.</summary>
    private static Metric Median(string name, double[] distances, double level)
    {
        var sorted = distances.Order().ToArray();
        var count = sorted.Length;
        var median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        var margin = Distributions.TwoSidedQuantile(level) * Math.Sqrt(count);
        var lower = Math.Max(0, (int)Math.Floor((count - margin) / 2) - 1);
        return new Metric(name, median, new Interval(sorted[lower], sorted[count - 1 - lower], level), Caveat);
    }
}
