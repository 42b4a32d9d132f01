using Understudy.Attacks;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks;

public sealed class DpLimitsTests
{
    // Closed forms: min(e^ε f + δ, 1 − e^−ε (1 − δ − f)); (1 + TV)/2; Φ(μ/√2); Φ(Φ⁻¹(f) + μ).
    [Fact]
    public void MatchClosedForms()
    {
        Relative.Equal(0.007389056098930651, DpLimits.MaxTpr(2, 0, 0.001), 1e-12);
        Relative.Equal(0.9996648761893516, DpLimits.MaxTpr(8, 1e-5, 0.001), 1e-12);
        Relative.Equal(0.7310585786300049, DpLimits.MaxBalancedAccuracy(1, 0), 1e-12);
        Relative.Equal(0.7602499389065233, DpLimits.GaussianAuc(1), 1e-12);
        Relative.Equal(0.01829846840565661, DpLimits.GaussianTpr(1, 0.001), 1e-12);
        Relative.Equal(0.09236224807369403, DpLimits.GaussianTpr(1, 0.01), 1e-12);
        Relative.Equal(0.389143691645361, DpLimits.GaussianTpr(1, 0.1), 1e-12);
    }

    [Fact]
    public void MatchTheReferenceTable()
    {
        AssertRows("dp_max_tpr_at_fpr", p => DpLimits.MaxTpr(p["eps"], p["delta"], p["fpr"]));
        AssertRows("dp_max_balanced_accuracy", p => DpLimits.MaxBalancedAccuracy(p["eps"], p["delta"]));
        AssertRows("gdp_tpr_at_fpr", p => DpLimits.GaussianTpr(p["mu"], p["fpr"]));
        AssertRows("gdp_auc", p => DpLimits.GaussianAuc(p["mu"]));

        static void AssertRows(string quantity, Func<Dictionary<string, double>, double> compute) =>
            Assert.All(AuditReference.Rows(quantity), row => Relative.Equal(row.Value, compute(row.Parameters), 1e-12));
    }

    [Theory]
    [InlineData(0.0, 0.3)]
    [InlineData(0.3, 0.3)]
    [InlineData(1.0, 1.0)]
    public void WithoutPrivacyLossNothingBeatsGuessing(double delta, double falsePositiveRate) =>
        Assert.Equal(Math.Min(1, falsePositiveRate + delta), DpLimits.MaxTpr(0, delta, falsePositiveRate), 1e-15);

    [Fact]
    public void HugeEpsilonLimitsNothing()
    {
        Assert.Equal(1, DpLimits.MaxTpr(2000, 0, 0.001));
        Assert.Equal(1, DpLimits.MaxBalancedAccuracy(2000, 0));
        Assert.Equal(0, DpLimits.MaxTpr(2, 0, 0));
    }
}
