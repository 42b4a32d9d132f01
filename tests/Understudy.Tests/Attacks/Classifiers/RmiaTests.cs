using Understudy.Attacks.Classifiers;
using Understudy.Data;

namespace Understudy.Tests.Attacks.Classifiers;

public sealed class RmiaTests
{
    private static readonly ModelScores Population = new([0.5, 0.4, 0.2, 0.8], [false, false, false, false], 1);
    private static readonly double[] TargetPopulation = [0.5, 0.2, 0.3, 0.8]; // ratios with a = 1: 1, ½, 1½, 1

    /// <summary>
    /// With a = 1, p(x) is the mean over references that were not trained on x. Ratios of the records: 0.6/0.5 = 1.2, 0.5/0.5 = 1 and
    /// 0.9/0.45 = 2; above 1.2 lies one population ratio of four; a ratio equal to 1 is not above 1.
    /// </summary>
    [Fact]
    public void ScoreIsTheShareOfPopulationRecordsBeaten()
    {
        var references = new ModelScores([0.5, 0.5, 0.45], [false, false, false], 1);
        var attack = new Rmia(Population, new RmiaOptions { OfflineA = 1 });
        Assert.Equal([0.75, 0.25, 1], attack.Score([0.6, 0.5, 0.9], references, TargetPopulation));
        Assert.Equal([0.25, 0.25, 0.75], new Rmia(Population, new RmiaOptions { OfflineA = 1, Gamma = 1.4 }).Score([0.6, 0.69, 0.9], references, TargetPopulation));
    }

    /// <summary>p(x) = ½ (1 + a) mean_out + ½ (1 − a): with a = 0 and mean_out = 0.5 it is 0.75, that of the population (0.75, 0.7, 0.6, 0.9).</summary>
    [Fact]
    public void OfflineEstimateRaisesTheMean()
    {
        var references = new ModelScores([0.5, 0.9], [false, true], 2);
        var population = new ModelScores([0.5, 0.5, 0.4, 0.4, 0.2, 0.2, 0.8, 0.8], new bool[8], 2);
        // The record's ratio is 0.6/0.75 = 0.8; the population's 0.667, 0.286, 0.5 and 0.889.
        Assert.Equal([0.75], new Rmia(population, new RmiaOptions { OfflineA = 0 }).Score([0.6], references, TargetPopulation));
        // Online p(x) is (0.5 + 0.9)/2 = 0.7 and p(z) the mean: 0.6/0.7 = 0.857 against 1, 0.5, 1.5 and 1.
        Assert.Equal([0.25], new Rmia(population, new RmiaOptions { OfflineA = null }).Score([0.6], references, TargetPopulation));
    }

    /// <summary>With a perfect reference the ranking is that of the likelihood ratio p(x; θ)/p(x).</summary>
    [Fact]
    public void PerfectReferenceRanksByTheLikelihoodRatio()
    {
        var random = new Random(1);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => 0.05 + 0.9 * random.NextDouble())];
        double[] target = Draw(200), reference = Draw(200), targetPopulation = Draw(5000), populationReference = Draw(5000);
        var scores = new Rmia(new ModelScores(populationReference, new bool[5000], 1), new RmiaOptions { OfflineA = 1 })
            .Score(target, new ModelScores(reference, new bool[200], 1), targetPopulation);
        var order = Enumerable.Range(0, 200).OrderBy(i => target[i] / reference[i]).ToArray();
        for (var i = 1; i < order.Length; i++) Assert.True(scores[order[i]] >= scores[order[i - 1]]);
        Assert.InRange(scores.Average(), 0.4, 0.6); // the same distribution as the population's
    }

    /// <summary>The a that is chosen does at least as well as either end on the reference that plays the target.</summary>
    [Fact]
    public void AIsChosenOnAReference()
    {
        var random = new Random(2);
        var (values, included) = Table(400, isPopulation: false);
        var (population, outside) = Table(300, isPopulation: true);
        var a = Rmia.ChooseA(new ModelScores(values, included, 4), new ModelScores(population, outside, 4));
        Assert.InRange(a, 0, 1);
        Assert.Equal(a, Math.Round(a, 1), 1e-12);
        Assert.True(Auc(a) >= Auc(0) && Auc(a) >= Auc(1));

        double Auc(double chosen)
        {
            var (target, isMember, others) = new ModelScores(values, included, 4).Split(0);
            var (targetPopulation, _, otherPopulation) = new ModelScores(population, outside, 4).Split(0);
            var scores = new Rmia(otherPopulation, new RmiaOptions { OfflineA = chosen }).Score(target, others, targetPopulation);
            return Understudy.Metrics.RocCurve.FromScores([.. scores.Where((_, i) => isMember[i])], [.. scores.Where((_, i) => !isMember[i])]).Auc;
        }

        (double[] Values, bool[] Included) Table(int records, bool isPopulation)
        {
            var table = new double[records * 4];
            var isIn = new bool[table.Length];
            for (var i = 0; i < table.Length; i++)
            {
                isIn[i] = !isPopulation && (i / 4 + i % 4) % 2 == 0;
                table[i] = Math.Clamp(0.1 + 0.6 * (i / 4 % 10) / 10 + 0.2 * random.NextDouble() + (isIn[i] ? 0.3 : 0), 0.01, 0.99);
            }
            return (table, isIn);
        }
    }

    [Fact]
    public void RecordInEveryReferenceIsNamed() => Assert.Contains("every reference was trained on record 0", Assert.Throws<InputException>(() =>
        new Rmia(Population).Score([0.5], new ModelScores([0.5], [true], 1), TargetPopulation)).Message, StringComparison.Ordinal);
}
