using Understudy.Attacks;
using Understudy.Data;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks;

public sealed class EpsilonLowerBoundTests
{
    // ln((TPR_lb − δ)/FPR_ub) with Clopper–Pearson limits, arXiv 2006.07709 and 2101.04535, computed with SciPy.
    [Theory]
    [InlineData(900, 1000, 100, 1000, 0.05, 1.9896949462833387)]
    [InlineData(50, 1000, 1, 1000, 0.05, 1.9042693811786762)]
    [InlineData(500, 500, 0, 500, 0.05, 4.905584135932773)]
    [InlineData(1000, 1000, 0, 1000, 0.01, 5.23770560530974)]
    public void FromCountsMatchesTheFormula(int truePositives, int members, int falsePositives, int nonMembers, double significance, double expected) =>
        Relative.Equal(expected, EpsilonLowerBound.FromCounts(truePositives, members, falsePositives, nonMembers, 1e-5, significance), 1e-9);

    // A perfect attack on n members and n non-members.
    [Theory]
    [InlineData(100, 3.28)]
    [InlineData(5000, 7.21)]
    public void NumbersLimitWhatAnyAttackCanShow(int n, double expected) =>
        Assert.Equal(expected, EpsilonLowerBound.FromCounts(n, n, 0, n, 1e-5, 0.05), 0.005);

    [Fact]
    public void FromCountsMatchesTheReferenceTable() => Assert.All(AuditReference.Rows("eps_lower_bound_clopper_pearson"), row =>
        Relative.Equal(row.Value, EpsilonLowerBound.FromCounts((long)row.Parameters["tp"], (long)row.Parameters["n_pos"],
            (long)row.Parameters["fp"], (long)row.Parameters["n_neg"], row.Parameters["delta"], row.Parameters["significance"]), 1e-9));

    [Theory]
    [InlineData(0, 100)]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    public void UselessAttackShowsNothing(int truePositives, int falsePositives) =>
        Assert.Equal(0, EpsilonLowerBound.FromCounts(truePositives, 100, falsePositives, 100, 0.1, 0.05));

    [Fact]
    public void ThresholdCallsEqualScoresMembers()
    {
        var bound = EpsilonLowerBound.AtThreshold([1, 2, 3], [0, 1, 2], 2, 1e-5);
        Assert.Equal((2, 3, 1, 3), (bound.TruePositives, bound.Members, bound.FalsePositives, bound.NonMembers));
    }

    /// <summary>
    /// Scores N(1, 1) against N(0, 1) are what a 1-GDP mechanism may show; its ε at δ = 1e-5 is 4.377. If each of 1000 bounds failed with
    /// the full 5 %, more than 79 would with probability 2e-5.
    /// </summary>
    [Fact]
    public void SplitBoundStaysBelowTheTruth()
    {
        const double TrueEpsilon = 4.377, Delta = 1e-5;
        var failures = 0;
        for (var repetition = 0; repetition < 1000; repetition++)
        {
            var random = new Random(repetition);
            var bound = EpsilonLowerBound.WithSplit(Samples.Normal(random, 120, 1), Samples.Normal(random, 120, 0), Delta, (ulong)repetition);
            if (bound.Epsilon > TrueEpsilon) failures++;
        }
        Assert.InRange(failures, 0, 79);
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
            var bound = EpsilonLowerBound.WithSplit(Samples.Normal(random, 120, 0), Samples.Normal(random, 120, 0), 0, (ulong)repetition, significance: 0.5);
            if (bound.Epsilon > 0) positive++;
        }
        Assert.InRange(positive, 0, 600);
    }

    /// <summary>
    /// Half a million quantiles of N(1, 1) and of N(0, 1) give 3.19 at the best threshold (SciPy), 73 % of the true ε; only the split is random.
    /// </summary>
    [Fact]
    public void ManySamplesComeNearTheTruth()
    {
        var normal = Enumerable.Range(0, 1_000_000).Select(i => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (i + 0.5) / 1_000_000)).ToArray();
        var bound = EpsilonLowerBound.WithSplit([.. normal.Select(x => x + 1)], normal, 1e-5, seed: 1);
        Assert.InRange(bound.Epsilon, 3.1, 3.3);
    }

    [Fact]
    public void SplitNeedsTwoOfEach() =>
        Assert.Contains("at least 2 members", Assert.Throws<InputException>(() => EpsilonLowerBound.WithSplit([1], [0, 1], 0, 1)).Message, StringComparison.Ordinal);
}
