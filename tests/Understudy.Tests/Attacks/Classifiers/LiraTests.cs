using Understudy.Attacks;
using Understudy.Attacks.Classifiers;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks.Classifiers;

public sealed class LiraTests
{
    // φ by shadows 0 and 1 that were trained on the record and 2 and 3 that were not: N(2, 2) and N(0, 8); then N(5, 0) and N(4, 2).
    private static readonly ModelScores Shadows = new([1, 3, -2, 2, 5, 5, 3, 5], [true, true, false, false, true, true, false, false], 4);

    /// <summary>ln N(φ; in) − ln N(φ; out) written out.</summary>
    [Fact]
    public void OnlineIsTheLogRatioOfTheDensities()
    {
        var own = Lira.Online([3, 5], Shadows, new LiraOptions { PooledVariance = false });
        Assert.Equal(-0.5 * (Math.Log(2) + 1.0 / 2) + 0.5 * (Math.Log(8) + 9.0 / 8), own[0], 1e-12);
        // One variance for all: (2 + 0)/2 = 1 within and (8 + 2)/2 = 5 without.
        var pooled = Lira.Online([3, 5], Shadows);
        Assert.Equal(-0.5 * (Math.Log(1) + 1.0 / 1) + 0.5 * (Math.Log(5) + 9.0 / 5), pooled[0], 1e-12);
        Assert.Equal(-0.5 * (Math.Log(1) + 0) + 0.5 * (Math.Log(5) + 1.0 / 5), pooled[1], 1e-12);
    }

    [Fact]
    public void OfflineIsTheStandardScore()
    {
        Assert.Equal([3 / Math.Sqrt(8), 1 / Math.Sqrt(2)], Lira.Offline([3, 5], Shadows, new LiraOptions { PooledVariance = false }));
        Assert.Equal([3 / Math.Sqrt(5), 1 / Math.Sqrt(5)], Lira.Offline([3, 5], Shadows));
    }

    [Fact]
    public void MedianIgnoresAnOutlier()
    {
        var shadows = new ModelScores([0, 1, 100, 7], [false, false, false, true], 4);
        Assert.True(Lira.Offline([2], shadows, new LiraOptions { UseMedian = true })[0] > 0);
        Assert.True(Lira.Offline([2], shadows)[0] < 0);
    }

    /// <summary>
    /// Records of very different difficulty, each of which training makes surer by one standard deviation: the likelihood ratio reaches the AUC Φ(1/√2) =
    /// 0.760 of 1-GDP, less 0.006 for 63 shadows instead of infinitely many; the raw score stays near 0.59. Standard errors are 0.011; false alarms below 1 %.
    /// </summary>
    [Fact]
    public void ReachesTheOptimumOnKnownGaussians()
    {
        var (target, isMember, shadows) = Simulated(records: 2000, models: 64).Split(0);
        Assert.InRange(Auc(target), 0.55, 0.63);
        Assert.InRange(Auc(Lira.Online(target, shadows, new LiraOptions { PooledVariance = true })), 0.726, DpLimits.GaussianAuc(1) + 0.03);
        Assert.InRange(Auc(Lira.Online(target, shadows)), 0.72, DpLimits.GaussianAuc(1) + 0.03);
        Assert.InRange(Auc(Lira.Offline(target, shadows)), 0.72, DpLimits.GaussianAuc(1) + 0.03);

        double Auc(double[] scores) => RocCurve.FromScores([.. scores.Where((_, i) => isMember[i])], [.. scores.Where((_, i) => !isMember[i])]).Auc;
    }

    [Fact]
    public void RecordWithoutShadowsIsNamed()
    {
        var shadows = new ModelScores([1, 2, 3, 4], [true, false, true, true], 2);
        Assert.Contains("record 1 is in every shadow", Assert.Throws<InputException>(() => Lira.Offline([1, 2], shadows)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => Lira.Online([1, 2, 3], shadows));
    }

    private static ModelScores Simulated(int records, int models)
    {
        var random = new Random(1);
        var values = new double[records * models];
        var included = new bool[values.Length];
        for (var i = 0; i < records; i++)
        {
            var difficulty = Samples.Normal(random, 1, 0)[0] * 3;
            for (var k = 0; k < models; k++)
            {
                included[i * models + k] = random.Next(2) == 0;
                values[i * models + k] = Samples.Normal(random, 1, difficulty + (included[i * models + k] ? 1 : 0))[0];
            }
        }
        return new ModelScores(values, included, models);
    }
}
