using Understudy.Attacks;
using Understudy.Attacks.Auditing;
using Understudy.Data;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks.Auditing;

public sealed class AuditTests
{
    // Scores N(1, 1) against N(0, 1) are what a 1-GDP mechanism may show; its ε at this δ is 4.377.
    private const double TrueEpsilon = 4.377;
    private const double Delta = 1e-5;

    private delegate EpsilonBound Strategy(double[] members, double[] nonMembers, int repetition);

    [Fact]
    public void ThresholdCallsEqualScoresMembers()
    {
        var bound = Audit.AtThreshold(new ClopperPearsonAuditor(Delta), [1, 2, 3], [0, 1, 2], 2);
        Assert.Equal((2, 3, 1, 3), (bound.TruePositives, bound.Members, bound.FalsePositives, bound.NonMembers));
        Assert.Equal("Clopper-Pearson, threshold given", bound.Method);
    }

    /// <summary>If each of 1000 bounds failed with the full 5 %, more than 79 would with probability 2e-5.</summary>
    [Fact]
    public void SplitBoundStaysBelowTheTruth() => AssertFailures(1000, 79, significance: 0.05, (members, nonMembers, repetition) =>
        Audit.WithSplit(new ClopperPearsonAuditor(Delta), members, nonMembers, (ulong)repetition));

    /// <summary>As above: of 200 more than 24 would fail with probability 3e-5, of 40 more than 9.</summary>
    [Theory]
    [InlineData(false, 200, 24)]
    [InlineData(true, 40, 9)]
    public void OneRunBoundsStayBelowTheTruth(bool gaussian, int repetitions, int most) =>
        AssertFailures(repetitions, most, significance: 0.05, (members, nonMembers, _) => Audit.OverGuesses(gaussian ? new OneRunGaussianAuditor(Delta) : new OneRunAuditor(Delta), members, nonMembers));

    /// <summary>The median of splits; if each of 30 failed with the full 5 %, more than 8 would with probability 2e-5.</summary>
    [Fact]
    public void MedianOfSplitsStaysBelowTheTruth()
    {
        AssertFailures(30, 8, significance: 0.05, (members, nonMembers, repetition) =>
            Audit.WithSplits(new GaussianAuditor(Delta), members, nonMembers, (ulong)repetition, splits: 10));
        var random = new Random(1);
        var bound = Audit.WithSplits(new ClopperPearsonAuditor(Delta), Samples.Normal(random, 200, 9), Samples.Normal(random, 200, 0), 1, splits: 9);
        Assert.Equal(new ClopperPearsonAuditor(Delta).LowerBound(new AttackCounts(100, 100, 0, 100), 0.025), bound.Epsilon, 1e-9);
        Assert.Equal((0.05, "Clopper-Pearson, median over 9 splits of the scores"), (bound.Significance, bound.Method));
    }

    /// <summary>
    /// Where both kinds are alike a bound at significance ½ exceeds 0 with probability at most ½, and 600 of 1000 with probability 1e-10;
    /// one that rests on the scores which chose its threshold nearly always does.
    /// </summary>
    [Fact]
    public void SplitBoundDoesNotRestOnTheScoresThatChoseTheThreshold()
    {
        var positive = 0;
        for (var repetition = 0; repetition < 1000; repetition++)
        {
            var random = new Random(repetition);
            var bound = Audit.WithSplit(new ClopperPearsonAuditor(0), Samples.Normal(random, 120, 0), Samples.Normal(random, 120, 0), (ulong)repetition, significance: 0.5);
            if (bound.Epsilon > 0) positive++;
        }
        Assert.InRange(positive, 0, 600);
    }

    /// <summary>
    /// Coins that the scores know nothing of: a bound at significance ½ exceeds 0 with probability at most ½, and 600 of 1000 with probability
    /// 1e-10; the best of 32 uncorrected ones nearly always does.
    /// </summary>
    [Fact]
    public void GuessesArePaidFor()
    {
        var positive = 0;
        for (var repetition = 0; repetition < 1000; repetition++)
        {
            var random = new Random(repetition);
            var scores = Samples.Normal(random, 200, 0);
            var coins = scores.Select(_ => random.Next(2) == 0).ToArray();
            var bound = Audit.OverGuesses(new OneRunAuditor(0), [.. scores.Where((_, i) => coins[i])], [.. scores.Where((_, i) => !coins[i])], significance: 0.5);
            if (bound.Epsilon > 0) positive++;
        }
        Assert.InRange(positive, 0, 600);
    }

    [Fact]
    public void OnlyTheOrderOfScoresMatters()
    {
        var random = new Random(1);
        double[] members = Samples.Normal(random, 150, 1), nonMembers = Samples.Normal(random, 150, 0);
        double[] exponents = [.. members.Select(Math.Exp)], others = [.. nonMembers.Select(Math.Exp)];
        Assert.Equal(Audit.OverGuesses(new OneRunAuditor(Delta), members, nonMembers).Epsilon, Audit.OverGuesses(new OneRunAuditor(Delta), exponents, others).Epsilon);
        Assert.Equal(Audit.OverHull(new GaussianAuditor(Delta), members, nonMembers).Epsilon, Audit.OverHull(new GaussianAuditor(Delta), exponents, others).Epsilon);
        var split = new ClopperPearsonAuditor(Delta);
        Assert.Equal(Audit.WithSplit(split, members, nonMembers, 1).Epsilon, Audit.WithSplit(split, exponents, others, 1).Epsilon);
    }

    /// <summary>
    /// Half a million quantiles of N(1, 1) and of N(0, 1) give 3.19 at the best threshold (SciPy), 73 % of the true ε; only the split is random.
    /// </summary>
    [Fact]
    public void ManySamplesComeNearTheTruth()
    {
        var normal = NormalQuantiles(1_000_000, 0);
        var bound = Audit.WithSplit(new ClopperPearsonAuditor(Delta), [.. normal.Select(x => x + 1)], normal, seed: 1);
        Assert.InRange(bound.Epsilon, 3.1, 3.3);
        // Knowing that the mechanism is Gaussian, the bound comes within 4 % of the truth.
        var gaussian = Audit.WithSplit(new GaussianAuditor(Delta), NormalQuantiles(200_000, 1), NormalQuantiles(200_000, 0), seed: 1);
        Assert.InRange(gaussian.Epsilon, 0.96 * TrueEpsilon, TrueEpsilon);
    }

    /// <summary>Two million of each kind and the best threshold: 80 % of the truth (1-GDP), and not more than it.</summary>
    [Fact]
    public void ClopperPearsonReachesFourFifths()
    {
        const int Each = 2_000_000;
        var best = Enumerable.Range(0, 60).Max(i => new ClopperPearsonAuditor(Delta).LowerBound(
            new AttackCounts(Share(1 - i * 0.1), Each, Share(-i * 0.1), Each), 0.05));
        Assert.InRange(best, 0.8 * TrueEpsilon, TrueEpsilon);

        static int Share(double quantile) => (int)(Each * MathNet.Numerics.Distributions.Normal.CDF(0, 1, quantile));
    }

    /// <summary>
    /// 10,000 canaries in and 10,000 out with the normal quantiles as scores, the former shifted; published in the tests of jax_privacy
    /// (auditing_test.py, test_epsilon_one_run_close).
    /// </summary>
    [Theory]
    [InlineData(false, 0, 0.0)]
    [InlineData(false, 4, 4.395568)]
    [InlineData(true, 1, 2.164749)]
    [InlineData(true, 2, 4.7218075)]
    [InlineData(true, 4, 9.133752)]
    public void HullBoundsMatchPublishedOnes(bool gaussian, double shift, double expected)
    {
        Auditor auditor = gaussian ? new OneRunGaussianAuditor(1e-6) : new OneRunAuditor(1e-6);
        Relative.Equal(expected, Audit.OverHull(auditor, NormalQuantiles(10_000, shift), NormalQuantiles(10_000, 0)).Epsilon, 1e-5);
    }

    /// <summary>The share e^−k/4 of all scores, ties together; 4 records, of which two tie at the top.</summary>
    [Fact]
    public void GuessesAreTheHighestScores()
    {
        var bound = Audit.OverGuesses(new OneRunAuditor(0), [5, 5, 5, 5, 5, 5, 5, 5, 5, 5], [5, 1, 1, 1, 1, 1, 1, 1, 1, 1], significance: 0.9);
        Assert.Equal((10, 1), (bound.TruePositives, bound.FalsePositives));
        Assert.Equal("one training run, Bonferroni over 32 thresholds (numbers of guesses)", bound.Method);
    }

    /// <summary>Scores of one value tell nothing, whichever way the threshold is chosen.</summary>
    [Fact]
    public void EqualScoresShowNothing()
    {
        double[] equal = [1, 1, 1, 1, 1, 1];
        Assert.Equal(0, Audit.OverGuesses(new OneRunAuditor(Delta), equal, equal).Epsilon);
        Assert.Equal(0, Audit.OverHull(new ClopperPearsonAuditor(Delta), equal, equal).Epsilon);
        Assert.Equal(0, Audit.WithSplit(new GaussianAuditor(Delta), equal, equal, 1).Epsilon);
    }

    [Fact]
    public void SplitNeedsTwoOfEach() => Assert.Contains("at least 2 members",
        Assert.Throws<InputException>(() => Audit.WithSplit(new ClopperPearsonAuditor(0), [1], [0, 1], 1)).Message, StringComparison.Ordinal);

    private static void AssertFailures(int repetitions, int most, double significance, Strategy strategy)
    {
        var failures = 0;
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            var random = new Random(repetition);
            var bound = strategy(Samples.Normal(random, 120, 1), Samples.Normal(random, 120, 0), repetition);
            Assert.Equal(significance, bound.Significance);
            if (bound.Epsilon > TrueEpsilon) failures++;
        }
        Assert.InRange(failures, 0, most);
    }

    private static double[] NormalQuantiles(int count, double shift) =>
        [.. Enumerable.Range(0, count).Select(i => shift + MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (i + 0.5) / count))];
}
