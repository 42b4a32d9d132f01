using MathNet.Numerics.Distributions;
using Understudy.Attacks.Auditing;
using Understudy.Metrics;

namespace Understudy.Tests.Attacks.Auditing;

public sealed class GaussianAuditorTests
{
    /// <summary>Φ⁻¹(1 − FPR_ub) − Φ⁻¹(FNR_ub), arXiv 2302.07956; limits at k = 5 of n = 100 and level 0.05 are 0.1022533776432745 (SciPy).</summary>
    [Fact]
    public void MuIsTheDistanceOfTheQuantiles() =>
        Assert.Equal(-2 * Normal.InvCDF(0, 1, 0.1022533776432745), new GaussianAuditor(1e-5).MuLowerBound(new AttackCounts(95, 100, 5, 100), 0.1), 1e-9);

    /// <summary>1-GDP at δ = 1e-5 is (4.377, δ)-DP.</summary>
    [Fact]
    public void EpsilonIsThatOfMu()
    {
        // 84.134 % of N(1, 1) lie above 0 and 50 % of N(0, 1): with a million records the limits come close to these.
        var counts = new AttackCounts(841_345, 1_000_000, 500_000, 1_000_000);
        var auditor = new GaussianAuditor(1e-5);
        Assert.InRange(auditor.MuLowerBound(counts, 0.05), 0.99, 1);
        Assert.InRange(auditor.LowerBound(counts, 0.05), 4.3, 4.377);
    }

    [Fact]
    public void LimitsNearOneShowNothing()
    {
        Assert.Equal(0, new GaussianAuditor(1e-5).LowerBound(new AttackCounts(0, 100, 0, 100), 0.05));
        Assert.Equal(0, new GaussianAuditor(0.5).MuLowerBound(new AttackCounts(60, 100, 0, 100), 0.05));
        Assert.True(ClopperPearson.Upper(40, 100, 0.025) >= 0.5);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianAuditor(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneRunGaussianAuditor(0));
    }
}
