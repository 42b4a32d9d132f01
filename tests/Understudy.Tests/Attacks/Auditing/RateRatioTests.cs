using Understudy.Attacks.Auditing;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Attacks.Auditing;

public sealed class RateRatioTests
{
    // Printed in the documentation of TensorFlow Privacy's epsilon_lower_bound.py: 100 of 110 against 10 of 80, and 90 against 5.
    [Theory]
    [InlineData(RateRatioMethod.Bailey, 100, 10, 4.61953896)]
    [InlineData(RateRatioMethod.Bailey, 90, 5, 6.87647915)]
    [InlineData(RateRatioMethod.KatzLog, 100, 10, 4.45958661)]
    [InlineData(RateRatioMethod.KatzLog, 90, 5, 6.39712581)]
    public void MatchPublishedValues(RateRatioMethod method, int truePositives, int falsePositives, double expected) =>
        Relative.Equal(expected, RateRatio.Lower(method, new AttackCounts(truePositives, 110, falsePositives, 80), 0.05), 1e-8);

    [Fact]
    public void MatchTheReferenceTable()
    {
        AssertRows("tpr_fpr_ratio_lower_bailey", RateRatioMethod.Bailey);
        AssertRows("tpr_fpr_ratio_lower_katz-log", RateRatioMethod.KatzLog);

        static void AssertRows(string quantity, RateRatioMethod method) => Assert.All(AuditReference.Rows(quantity), row => Relative.Equal(row.Value,
            RateRatio.Lower(method, new AttackCounts((int)row.Parameters["tp"], (int)row.Parameters["pos"], (int)row.Parameters["fp"], (int)row.Parameters["neg"]),
                row.Parameters["alpha"]), 1e-8));
    }

    /// <summary>With many records all four come to the ratio less z standard errors; they differ in the next order.</summary>
    [Theory]
    [InlineData(RateRatioMethod.AdjustedLog)]
    [InlineData(RateRatioMethod.InverseSinh)]
    [InlineData(RateRatioMethod.KatzLog)]
    public void AgreeWithOneAnotherInTheLimit(RateRatioMethod method)
    {
        var counts = new AttackCounts(500_000, 1_000_000, 100_000, 1_000_000);
        Relative.Equal(RateRatio.Lower(RateRatioMethod.Bailey, counts, 0.05), RateRatio.Lower(method, counts, 0.05), 1e-4);
    }

    [Theory]
    [InlineData(RateRatioMethod.KatzLog)]
    [InlineData(RateRatioMethod.AdjustedLog)]
    [InlineData(RateRatioMethod.Bailey)]
    [InlineData(RateRatioMethod.InverseSinh)]
    public void EdgesHaveFiniteLimits(RateRatioMethod method)
    {
        Assert.Equal(0, RateRatio.Lower(method, new AttackCounts(0, 100, 5, 100), 0.05));
        Assert.InRange(RateRatio.Lower(method, new AttackCounts(100, 100, 0, 100), 0.05), 5, 200);
        Assert.InRange(RateRatio.Lower(method, new AttackCounts(100, 100, 100, 100), 0.05), 0.9, 1);
    }
}
