using Understudy.Attacks.Auditing;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks.Auditing;

public sealed class ClopperPearsonAuditorTests
{
    private static readonly ClopperPearsonAuditor Auditor = new(1e-5);

    // ln((TPR_lb − δ)/FPR_ub) with Clopper–Pearson limits, arXiv 2006.07709 and 2101.04535, computed with SciPy.
    [Theory]
    [InlineData(900, 1000, 100, 1000, 0.05, 1.9896949462833387)]
    [InlineData(50, 1000, 1, 1000, 0.05, 1.9042693811786762)]
    [InlineData(500, 500, 0, 500, 0.05, 4.905584135932773)]
    [InlineData(1000, 1000, 0, 1000, 0.01, 5.23770560530974)]
    public void MatchesTheFormula(int truePositives, int members, int falsePositives, int nonMembers, double significance, double expected) =>
        Relative.Equal(expected, Auditor.LowerBound(new AttackCounts(truePositives, members, falsePositives, nonMembers), significance), 1e-9);

    // A perfect attack on n members and n non-members.
    [Theory]
    [InlineData(100, 3.28)]
    [InlineData(5000, 7.21)]
    public void NumbersLimitWhatAnyAttackCanShow(int n, double expected) =>
        Assert.Equal(expected, Auditor.LowerBound(new AttackCounts(n, n, 0, n), 0.05), 0.005);

    [Fact]
    public void MatchesTheReferenceTable() => Assert.All(AuditReference.Rows("eps_lower_bound_clopper_pearson"), row =>
    {
        var counts = new AttackCounts((int)row.Parameters["tp"], (int)row.Parameters["n_pos"], (int)row.Parameters["fp"], (int)row.Parameters["n_neg"]);
        Relative.Equal(row.Value, new ClopperPearsonAuditor(row.Parameters["delta"]).LowerBound(counts, row.Parameters["significance"]), 1e-9);
    });

    [Theory]
    [InlineData(0, 100)]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    public void UselessAttackShowsNothing(int truePositives, int falsePositives) =>
        Assert.Equal(0, new ClopperPearsonAuditor(0.1).LowerBound(new AttackCounts(truePositives, 100, falsePositives, 100), 0.05));

    /// <summary>An attack that is sure of non-members only: 50 of 1000 against 1 of 1000, mirrored.</summary>
    [Fact]
    public void TwoSidedSeesWhatTheMirrorSees()
    {
        var mirrored = new AttackCounts(999, 1000, 950, 1000);
        Relative.Equal(1.9042693811786762, new ClopperPearsonAuditor(1e-5, twoSided: true).LowerBound(mirrored, 0.05), 1e-9);
        Assert.True(Auditor.LowerBound(mirrored, 0.05) < 0.05);
    }

    [Fact]
    public void WrongCountsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Auditor.LowerBound(new AttackCounts(11, 10, 0, 10), 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => Auditor.LowerBound(new AttackCounts(0, 10, 0, 0), 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClopperPearsonAuditor(1));
    }
}
