using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>
/// Receiver operating characteristic of scores, of which a larger one means "more likely positive". Only their order matters; equal
/// scores form one point.
/// </summary>
public sealed class RocCurve
{
    // Number of the point (the rank of the score, highest first, from 1) at which each record turns positive.
    private readonly int[] _positiveRanks;
    private readonly int[] _negativeRanks;
    private readonly RocPoint[] _points;

    private RocCurve(RocPoint[] points, int[] positiveRanks, int[] negativeRanks)
    {
        _points = points;
        _positiveRanks = positiveRanks;
        _negativeRanks = negativeRanks;
        double best = 0, advantage = 0;
        foreach (var point in points)
        {
            var difference = point.TruePositiveRate - point.FalsePositiveRate;
            best = Math.Max(best, difference);
            advantage = Math.Max(advantage, Math.Abs(difference));
        }
        MaxBalancedAccuracy = (1 + best) / 2;
        MaxAdvantage = advantage;
        Auc = Area(CountPerRank(positiveRanks), CountPerRank(negativeRanks));
        Hull = UpperHull(points);
    }

    /// <summary>Sorts the scores, O(n log n).</summary>
    /// <param name="positives">Scores of the positives (members); infinities are ordered like other values.</param>
    /// <param name="negatives">Scores of the negatives (non-members).</param>
    /// <exception cref="InputException">There are no positives or no negatives, or a score is NaN.</exception>
    public static RocCurve FromScores(ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        Check(positives, "positive");
        Check(negatives, "negative");
        var scores = new double[positives.Length + negatives.Length];
        var records = new int[scores.Length];
        positives.CopyTo(scores);
        negatives.CopyTo(scores.AsSpan(positives.Length));
        for (var i = 0; i < records.Length; i++) records[i] = i;
        Array.Sort(scores, records);

        var points = new List<RocPoint> { new(double.PositiveInfinity, 0, 0, 0, 0) };
        var positiveRanks = new int[positives.Length];
        var negativeRanks = new int[negatives.Length];
        int truePositives = 0, falsePositives = 0;
        for (var i = scores.Length - 1; i >= 0;)
        {
            var threshold = scores[i];
            for (; i >= 0 && scores[i] == threshold; i--)
            {
                if (records[i] < positives.Length)
                {
                    positiveRanks[records[i]] = points.Count;
                    truePositives++;
                }
                else
                {
                    negativeRanks[records[i] - positives.Length] = points.Count;
                    falsePositives++;
                }
            }
            points.Add(new RocPoint(threshold, falsePositives, truePositives,
                (double)falsePositives / negatives.Length, (double)truePositives / positives.Length));
        }
        return new RocCurve([.. points], positiveRanks, negativeRanks);
    }

    /// <summary>Number of positives.</summary>
    public int PositiveCount => _positiveRanks.Length;

    /// <summary>Number of negatives.</summary>
    public int NegativeCount => _negativeRanks.Length;

    /// <summary>One point a distinct score, from (0, 0) to (1, 1).</summary>
    public IReadOnlyList<RocPoint> Points => _points;

    /// <summary>The vertices of the upper convex hull, which randomising between two thresholds can reach everywhere.</summary>
    public IReadOnlyList<RocPoint> Hull { get; }

    /// <summary>Area under the curve: P(s₊ &gt; s₋) + ½ P(s₊ = s₋).</summary>
    public double Auc { get; }

    /// <summary>Largest (TPR + TNR) / 2 of any threshold; since it is the largest on these very scores, it is a little too large.</summary>
    public double MaxBalancedAccuracy { get; }

    /// <summary>Largest |TPR − FPR| of any threshold, with the same caveat.</summary>
    public double MaxAdvantage { get; }

    /// <summary>Bias-corrected bootstrap interval of <see cref="Auc"/>; positives and negatives are resampled separately.</summary>
    /// <param name="seed">Same seed, same interval.</param>
    /// <param name="draws">Number of resamples.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    public Interval AucInterval(ulong seed, int draws = Bootstrap.DefaultDraws, double level = 0.95)
    {
        var values = Bootstrap.Draw(draws, seed, () => (Positives: new int[_points.Length], Negatives: new int[_points.Length]), (random, _, counts) =>
        {
            Resample(_positiveRanks, counts.Positives, random);
            Resample(_negativeRanks, counts.Negatives, random);
            return Area(counts.Positives, counts.Negatives);
        });
        return Bootstrap.BiasCorrected(Auc, values, level);
    }

    /// <summary>The point of largest TPR among those whose FPR is at most <paramref name="falsePositiveRate"/>.</summary>
    public RocPoint At(double falsePositiveRate)
    {
        var best = _points[0];
        foreach (var point in _points)
        {
            if (point.FalsePositiveRate > falsePositiveRate) break;
            best = point;
        }
        return best;
    }

    /// <summary>TPR at exactly that FPR, in [0, 1], on the convex hull: thresholds are chosen at random between two vertices.</summary>
    public double HullAt(double falsePositiveRate)
    {
        var i = 1;
        while (i < Hull.Count - 1 && Hull[i].FalsePositiveRate <= falsePositiveRate) i++;
        RocPoint left = Hull[i - 1], right = Hull[i];
        var share = (falsePositiveRate - left.FalsePositiveRate) / (right.FalsePositiveRate - left.FalsePositiveRate);
        return left.TruePositiveRate + share * (right.TruePositiveRate - left.TruePositiveRate);
    }

    /// <summary>
    /// Points for a plot with linear or logarithmic axes: both ends, and of the others those that lie, on at least one axis, a step away
    /// from the point kept before.
    /// </summary>
    /// <param name="resolution">A step is 1/resolution of a linear axis and 10/resolution of a decade of a logarithmic one.</param>
    public IReadOnlyList<RocPoint> Thinned(int resolution = 200)
    {
        var thinned = new List<RocPoint> { _points[0] };
        foreach (var point in _points.AsSpan(1, _points.Length - 2))
        {
            if (Apart(thinned[^1], point, 1.0 / resolution)) thinned.Add(point);
        }
        thinned.Add(_points[^1]);
        return thinned;
    }

    private static bool Apart(RocPoint a, RocPoint b, double step) =>
        Apart(a.FalsePositiveRate, b.FalsePositiveRate, step) || Apart(a.TruePositiveRate, b.TruePositiveRate, step);

    private static bool Apart(double low, double high, double step) =>
        high - low >= step || (high > low && (low == 0 || Math.Log10(high / low) >= 10 * step));

    private static void Check(ReadOnlySpan<double> scores, string what)
    {
        if (scores.IsEmpty) throw new InputException($"there is no {what} score; a ROC curve needs scores of both kinds");
        var nan = scores.IndexOf(double.NaN);
        if (nan >= 0) throw new InputException($"{what} score {nan} is NaN; a score is a number or an infinity");
    }

    private int[] CountPerRank(int[] ranks)
    {
        var counts = new int[_points.Length];
        foreach (var rank in ranks) counts[rank]++;
        return counts;
    }

    private static void Resample(int[] ranks, int[] counts, SplitMix64 random)
    {
        Array.Clear(counts);
        for (var i = 0; i < ranks.Length; i++) counts[ranks[random.NextInt(ranks.Length)]]++;
    }

    /// <summary>Area from the numbers of positives and negatives at each rank, highest score first; equal scores count one half.</summary>
    private static double Area(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives)
    {
        // Twice the number of (positive, negative) pairs in the right order is an integer, so the sum is exact.
        long above = 0, total = 0, twice = 0;
        for (var rank = 0; rank < positives.Length; rank++)
        {
            twice += negatives[rank] * (2 * above + positives[rank]);
            above += positives[rank];
            total += negatives[rank];
        }
        return twice / 2.0 / above / total;
    }

    private static RocPoint[] UpperHull(ReadOnlySpan<RocPoint> points)
    {
        var hull = new List<RocPoint>();
        foreach (var point in points)
        {
            while (hull.Count >= 2 && !TurnsRight(hull[^2], hull[^1], point)) hull.RemoveAt(hull.Count - 1);
            hull.Add(point);
        }
        return [.. hull];
    }

    private static bool TurnsRight(RocPoint a, RocPoint b, RocPoint c) =>
        (long)(b.TruePositives - a.TruePositives) * (c.FalsePositives - b.FalsePositives)
        > (long)(c.TruePositives - b.TruePositives) * (b.FalsePositives - a.FalsePositives);
}
