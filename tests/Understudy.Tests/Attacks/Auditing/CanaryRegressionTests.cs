using Understudy.Attacks.Auditing;
using Understudy.Metrics;

namespace Understudy.Tests.Attacks.Auditing;

public sealed class CanaryRegressionTests
{
    /// <summary>Of 100 canaries in 120 dimensions those that took part are told nearly all, where looking for each by itself fails for one in ten: they overlap.</summary>
    [Fact]
    public void Canaries_that_overlap_are_told_apart()
    {
        var random = new Random(4);
        double[][] canaries = [.. Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, 120).Select(_ => random.Next(2) == 0 ? -1.0 : 1.0).ToArray())];
        bool[] included = [.. canaries.Select(_ => random.Next(2) == 0)];
        double[] sum = [.. Enumerable.Range(0, 120).Select(d => canaries.Where((_, i) => included[i]).Sum(canary => canary[d]) + (0.5 * (random.NextDouble() - 0.5)))];

        var scores = CanaryRegression.Score(sum, canaries, 0.15);
        double[] alone = [.. canaries.Select(canary => canary.Zip(sum, (c, s) => c * s).Sum())];

        Assert.True(Auc(scores) > 0.999, $"{Auc(scores)}");
        Assert.InRange(Auc(alone), 0.7, 0.95);

        double Auc(double[] all) => RocCurve.FromScores([.. all.Where((_, i) => included[i])], [.. all.Where((_, i) => !included[i])]).Auc;
    }
}
