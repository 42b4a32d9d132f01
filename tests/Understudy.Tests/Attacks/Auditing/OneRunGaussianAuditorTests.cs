using Understudy.Attacks.Auditing;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks.Auditing;

public sealed class OneRunGaussianAuditorTests
{
    /// <summary>The mechanism's own curve and the Gaussian hypothesis are one and the same for a Gaussian.</summary>
    [Theory]
    [InlineData(0.7)]
    [InlineData(1.4)]
    public void OwnCurveOfAGaussianIsTheHypothesis(double mu)
    {
        const double Delta = 1e-5;
        var claim = new TradeOffCurve(new GaussianEvent(new NoiseMultiplier(1 / mu)), NeighbouringRelation.AddOrRemoveOne);
        var epsilon = AnalyticGaussian.EpsilonAt(mu, new Delta(Delta)).Value;
        foreach (var right in new[] { 80, 85, 90, 95, 100 })
        {
            var counts = new AttackCounts(right, 500, 100 - right, 500);
            Assert.Equal(new OneRunGaussianAuditor(Delta).Refutes(counts, epsilon, 0.05), OneRunGaussianAuditor.Refutes(claim, counts, 0.05));
        }
    }

    /// <summary>Randomised response at ε = 2 answers truthfully with probability 0.88: 950 of 1000 right refute it, 850 do not.</summary>
    [Fact]
    public void OwnCurveOfRandomisedResponseIsTested()
    {
        var claim = new TradeOffCurve(new EpsilonDeltaEvent(new Epsilon(2), new Delta(0)), NeighbouringRelation.AddOrRemoveOne);
        Assert.True(OneRunGaussianAuditor.Refutes(claim, new AttackCounts(950, 1000, 50, 1000), 0.01));
        Assert.False(OneRunGaussianAuditor.Refutes(claim, new AttackCounts(850, 1000, 150, 1000), 0.01));
    }

    /// <summary>
    /// A mechanism with noise too small by 4 at claimed σ = 4 (ε = 1.396 at δ = 1e-9), one coordinate a canary, threshold fixed in advance: 16,000
    /// canaries refute the claim at significance 0.001, and correct noise does not. Either fails with probability below 1 %.
    /// </summary>
    [Theory]
    [InlineData(1.0, true)]
    [InlineData(4.0, false)]
    public void MissingNoiseIsFound(double sigma, bool isRefuted)
    {
        const double Delta = 1e-9, Claimed = 1.396;
        var random = new Random(1);
        double[] included = [.. Samples.Normal(random, 8000, 0).Select(noise => 1 + sigma * noise)];
        double[] excluded = [.. Samples.Normal(random, 8000, 0).Select(noise => sigma * noise)];
        var counts = AttackCounts.At(included, excluded, 2.5);
        Assert.Equal(isRefuted, new OneRunAuditor(Delta).Refutes(counts, Claimed, 0.001));
        Assert.Equal(isRefuted, new OneRunGaussianAuditor(Delta).Refutes(counts, Claimed, 0.001));
    }

    [Fact]
    public void TighterThanWithoutTheHypothesis()
    {
        var counts = new AttackCounts(190, 1000, 10, 1000);
        Assert.True(new OneRunGaussianAuditor(1e-5).LowerBound(counts, 0.05) > 1.3 * new OneRunAuditor(1e-5).LowerBound(counts, 0.05));
        Assert.Equal(0, new OneRunGaussianAuditor(1e-5).LowerBound(new AttackCounts(100, 1000, 100, 1000), 0.05));
    }
}
