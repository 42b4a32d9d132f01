using FsCheck;
using FsCheck.Fluent;
using Understudy.Data;
using Understudy.Metrics;
using Interval = Understudy.Metrics.Interval;

namespace Understudy.Tests.Metrics;

public sealed class RocCurveTests
{
    private static readonly Config Quiet = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    [Fact]
    public void CircularCurveHasAQuarterOfPi()
    {
        // TPR = √(1 − (1 − FPR)²): negatives uniform on [0, 1], and P(positive > t) = √(1 − t²).
        const int Count = 20_000;
        var negatives = Enumerable.Range(0, Count).Select(i => (i + 0.5) / Count).ToArray();
        var curve = RocCurve.FromScores([.. negatives.Select(p => Math.Sqrt(1 - p * p))], negatives);
        Assert.Equal(Math.PI / 4, curve.Auc, 1e-4);
    }

    [Fact]
    public void TiesCountOneHalf()
    {
        // Pairs: 3 > 2, 3 > 1, 3 > 1; 2 = 2 (half), 2 > 1, 2 > 1; 1 < 2, 1 = 1, 1 = 1 (halves): 6.5 of 9.
        var curve = RocCurve.FromScores([3, 2, 1], [2, 1, 1]);
        Assert.Equal(6.5 / 9, curve.Auc, 1e-15);
        Assert.Equal([new(double.PositiveInfinity, 0, 0, 0, 0), new(3, 0, 1, 0, 1 / 3.0), new(2, 1, 2, 1 / 3.0, 2 / 3.0), new(1, 3, 3, 1, 1)], curve.Points);
        Assert.Equal((1 + 1 / 3.0) / 2, curve.MaxBalancedAccuracy, 1e-15);
        Assert.Equal(1 / 3.0, curve.MaxAdvantage, 1e-15);
    }

    [Fact]
    public void EqualScoresTellNothing()
    {
        var curve = RocCurve.FromScores([7, 7, 7], [7, 7]);
        Assert.Equal(0.5, curve.Auc);
        Assert.Equal(0.5, curve.MaxBalancedAccuracy);
        Assert.Equal(0, curve.MaxAdvantage);
        Assert.Equal(0.01, curve.HullAt(0.01), 1e-15);
        Assert.Equal(0, curve.At(0.5).TruePositiveRate);
        Assert.Equal(new Interval(0.5, 0.5), curve.AucInterval(1));
    }

    [Fact]
    public void PerfectScoresFindAllMembersAtOnce()
    {
        var curve = RocCurve.FromScores([3, 4, double.PositiveInfinity], [1, 2, double.NegativeInfinity]);
        Assert.Equal(1, curve.Auc);
        Assert.Equal(1, curve.At(0).TruePositiveRate);
        Assert.Equal(1, curve.HullAt(0));
        Assert.Equal(1, curve.MaxBalancedAccuracy);
    }

    [Fact]
    public void WrongWayRoundIsAnAdvantageToo()
    {
        var curve = RocCurve.FromScores([1, 2], [3, 4]);
        Assert.Equal(0, curve.Auc);
        Assert.Equal(0.5, curve.MaxBalancedAccuracy);
        Assert.Equal(1, curve.MaxAdvantage);
    }

    [Fact]
    public void HullRandomisesBetweenThresholds()
    {
        // Points (0, 0), (0, .5), (.5, .5), (.5, 1), (1, 1); hull (0, 0), (0, .5), (.5, 1), (1, 1).
        var curve = RocCurve.FromScores([4, 2], [3, 1]);
        Assert.Equal([0, 0, 0.5, 1], curve.Hull.Select(p => p.FalsePositiveRate));
        Assert.Equal(0.75, curve.HullAt(0.25), 1e-15);
        Assert.Equal(0.5, curve.At(0.25).TruePositiveRate);
        Assert.Equal(1, curve.HullAt(1));
    }

    [Fact]
    public void ErrorsSayWhatIsWrong()
    {
        Assert.Equal("positive score 1 is NaN; a score is a number or an infinity",
            Assert.Throws<InputException>(() => RocCurve.FromScores([1, double.NaN], [1])).Message);
        Assert.Contains("no negative score", Assert.Throws<InputException>(() => RocCurve.FromScores([1], [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheOrderOfScoresMatters() => Check.One(Quiet, Prop.ForAll<NonEmptyArray<int>, NonEmptyArray<int>>((members, others) =>
    {
        // Strictly increasing and exact on 32-bit integers, so that ties stay ties.
        double Map(int score) => Math.CopySign(Math.Pow(Math.Abs((double)score), 3), score) * 0.25 - 7;
        var plain = RocCurve.FromScores([.. members.Get.Select(s => (double)s)], [.. others.Get.Select(s => (double)s)]);
        var mapped = RocCurve.FromScores([.. members.Get.Select(Map)], [.. others.Get.Select(Map)]);
        return plain.Auc == mapped.Auc && plain.AucInterval(3, 100) == mapped.AucInterval(3, 100)
            && plain.Points.Select(p => p with { Threshold = 0 }).SequenceEqual(mapped.Points.Select(p => p with { Threshold = 0 }));
    }));

    [Fact]
    public void AreaIsTheShareOfPairsInOrder() => Check.One(Quiet, Prop.ForAll<NonEmptyArray<byte>, NonEmptyArray<byte>>((members, others) =>
    {
        var (m, n) = (members.Get.Select(s => (double)(s % 9)).ToArray(), others.Get.Select(s => (double)(s % 9)).ToArray());
        var pairs = m.Sum(a => n.Sum(b => a > b ? 1 : a == b ? 0.5 : 0)) / m.Length / n.Length;
        var curve = RocCurve.FromScores(m, n);
        return Math.Abs(curve.Auc - pairs) < 1e-12
            && curve.Points.All(p => curve.HullAt(p.FalsePositiveRate) >= p.TruePositiveRate - 1e-12);
    }));

    [Fact]
    public void ThinnedCurveKeepsItsShape()
    {
        var random = new Random(5);
        var curve = RocCurve.FromScores(Samples.Normal(random, 20_000, 1), Samples.Normal(random, 20_000, 0));
        var thinned = curve.Thinned();
        Assert.InRange(thinned.Count, 100, 600);
        Assert.Equal(curve.Points[0], thinned[0]);
        Assert.Equal(curve.Points[^1], thinned[^1]);
        var area = thinned.Zip(thinned.Skip(1), (a, b) => (b.FalsePositiveRate - a.FalsePositiveRate) * (a.TruePositiveRate + b.TruePositiveRate) / 2).Sum();
        Assert.Equal(curve.Auc, area, 1e-3);
        Assert.Contains(thinned, p => p.FalsePositives is > 0 and < 10);
    }
}
