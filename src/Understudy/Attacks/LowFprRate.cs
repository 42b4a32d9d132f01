using Understudy.Metrics;

namespace Understudy.Attacks;

/// <summary>How many members an attack finds while it accuses few others.</summary>
/// <param name="FalsePositiveRate">The share of non-members that it may accuse, f.</param>
/// <param name="Raw">Largest TPR of a threshold whose FPR is at most f; NaN where it cannot be measured.</param>
/// <param name="RawInterval">Its Clopper–Pearson interval, which takes the threshold as given.</param>
/// <param name="Hull">TPR at exactly f when thresholds may be randomised: on the convex hull; NaN where it cannot be measured.</param>
/// <param name="HullInterval">Clopper–Pearson limits at the whole numbers of members around it.</param>
/// <param name="Note">Why it cannot be measured.</param>
public sealed record LowFprRate(double FalsePositiveRate, double Raw, Interval? RawInterval, double Hull, Interval? HullInterval, string? Note = null)
{
    private const int FewestFalsePositives = 10;

    /// <summary>Reads it off a curve; not measurable with fewer than 10/f non-members.</summary>
    internal static LowFprRate Measure(RocCurve curve, double falsePositiveRate, double level)
    {
        var needed = (int)Math.Ceiling(FewestFalsePositives / falsePositiveRate - 1e-6); // 10 / 0.001 is a little more than 10000
        if (curve.NegativeCount < needed)
        {
            return new LowFprRate(falsePositiveRate, double.NaN, null, double.NaN, null,
                $"not measurable: {curve.NegativeCount} non-members; it takes {needed}");
        }
        var members = curve.PositiveCount;
        var found = curve.At(falsePositiveRate).TruePositives;
        var hull = curve.HullAt(falsePositiveRate);
        var below = (long)Math.Floor(hull * members);
        var above = (long)Math.Min(members, Math.Ceiling(hull * members));
        return new LowFprRate(falsePositiveRate,
            (double)found / members, ClopperPearson.TwoSided(found, members, level),
            hull, new Interval(ClopperPearson.TwoSided(below, members, level).Lower, ClopperPearson.TwoSided(above, members, level).Upper, level));
    }
}
