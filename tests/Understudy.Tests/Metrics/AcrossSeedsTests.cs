using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class AcrossSeedsTests
{
    // By hand: mean 2, s = 1, t(0.975; 2) = 4.302653 (any table of Student's distribution): 2 ± 4.302653/√3.
    [Fact]
    public void Three_repetitions_have_student_s_interval()
    {
        var metric = AcrossSeeds.Mean("x", [1, 2, 3]);
        Assert.Equal(2, metric.Value);
        Assert.Equal(2 - (4.302653 / Math.Sqrt(3)), metric.Interval!.Value.Lower, 1e-5);
        Assert.Equal(2 + (4.302653 / Math.Sqrt(3)), metric.Interval!.Value.Upper, 1e-5);
    }

    [Fact]
    public void One_repetition_has_no_interval_and_says_so()
    {
        var metric = AcrossSeeds.Mean("x", [5]);
        Assert.Null(metric.Interval);
        Assert.Contains("no interval", metric.Note!, StringComparison.Ordinal);
    }
}
