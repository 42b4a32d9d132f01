using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class WilsonTests
{
    // Anonymeter, tests/test_confidence.py; values given to three digits there are checked to three digits.
    [Theory]
    [InlineData(1000, 850, 0.022, 5e-4)]
    [InlineData(1000, 0, 0.002, 5e-4)]
    [InlineData(100, 100, 0.01849674910349284, 1e-9)]
    [InlineData(100, 23, 0.08155558571285167, 1e-9)]
    public void ErrorIsHalfTheInterval(int n, int k, double expected, double tolerance) =>
        Assert.Equal(expected, Wilson.Error(k, n), tolerance);

    [Theory]
    [InlineData(100, 23, 0.23998824451588613)]
    [InlineData(100, 11, 0.1244274643007244)]
    public void RateIsItsCentre(int n, int k, double expected) => Assert.Equal(expected, Wilson.Rate(k, n), 1e-9);

    [Fact]
    public void MatchesTheReferenceTable()
    {
        Assert.All(AuditReference.Rows("wilson_rate"), row =>
            Assert.Equal(row.Value, Wilson.Rate(row.Parameters["k"], (long)row.Parameters["n"], row.Parameters["conf"]), 1e-9));
        Assert.All(AuditReference.Rows("wilson_error"), row =>
            Assert.Equal(row.Value, Wilson.Error(row.Parameters["k"], (long)row.Parameters["n"], row.Parameters["conf"]), row.Value.ToString("R").Length <= 5 ? 1e-3 : 1e-9));
    }

    [Fact]
    public void StaysWithinTheUnitInterval()
    {
        Assert.Equal(0, Wilson.TwoSided(0, 20).Lower, 1e-15);
        Assert.Equal(1, Wilson.TwoSided(20, 20).Upper, 1e-15);
    }
}
