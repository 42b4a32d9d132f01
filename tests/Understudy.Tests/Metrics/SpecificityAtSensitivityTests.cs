using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class SpecificityAtSensitivityTests
{
    // Positives 1, 2, 3, 4, 5 and negatives 0, 1.5, 2.5: to find 4 of 5 the threshold is 2, to find 5 it is 1.
    private static readonly RocCurve Validation = RocCurve.FromScores([1, 2, 3, 4, 5], [0, 1.5, 2.5]);

    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(0.8, 2)]
    [InlineData(0.81, 1)]
    [InlineData(1, 1)]
    public void The_threshold_is_the_highest_that_finds_enough_positives(double sensitivity, double threshold) =>
        Assert.Equal(threshold, SpecificityAtSensitivity.Threshold(Validation, sensitivity));

    // The test records would allow a threshold of 10, at which every negative is spared; that of the held-out records spares 1 of 4.
    [Fact]
    public void The_threshold_comes_from_held_out_records_and_not_from_those_measured()
    {
        var metric = SpecificityAtSensitivity.Measure(Validation, [10, 11], [1.9, 2, 8, 9], 0.8);
        Assert.Equal(0.25, metric.Value);
        Assert.Equal(ClopperPearson.TwoSided(1, 4), metric.Interval);
        Assert.Contains("sensitivity on the test records 1.000", metric.Note!, StringComparison.Ordinal);
    }

    // By hand: order + − + −; precision at the positives 1 and 2/3, recall grows by ½ at each.
    [Fact]
    public void Average_precision_has_its_value_by_hand()
    {
        Assert.Equal((0.5 * 1) + (0.5 * 2 / 3), PrecisionRecall.Area(RocCurve.FromScores([4, 2], [3, 1])), 1e-12);
        Assert.Equal(1, PrecisionRecall.Area(RocCurve.FromScores([4, 3], [2, 1])), 1e-12);
        Assert.Equal(0.25, PrecisionRecall.Area(RocCurve.FromScores([1], [1, 1, 1])), 1e-12);
    }
}
