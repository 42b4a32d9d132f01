using Understudy.Attacks;
using Understudy.Tests.Data;

namespace Understudy.Tests.Attacks;

public sealed class HeldOutAccuracyTests
{
    [Fact]
    public void Scores_that_tell_nothing_are_right_half_of_the_time_although_a_threshold_was_chosen()
    {
        // The best threshold on the same 20 + 20 records is right in more than half of the cases; on others it is not.
        var random = new Random(2);
        double held = 0, same = 0;
        const int trials = 200;
        for (var t = 0; t < trials; t++)
        {
            double[] members = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())], others = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];
            held += HeldOutAccuracy.Measure(members, others, (ulong)t).Value / trials;
            same += Understudy.Metrics.RocCurve.FromScores(members, others).MaxBalancedAccuracy / trials;
        }
        Assert.InRange(held, 0.475, 0.525); // standard error 0.006: false alarm below 1 in 10,000
        Assert.True(same > 0.55);
    }

    [Fact]
    public void Scores_that_tell_all_are_always_right_with_an_interval()
    {
        var metric = HeldOutAccuracy.Measure([.. Enumerable.Range(10, 50).Select(i => (double)i)], [.. Enumerable.Range(-50, 50).Select(i => (double)i)], 1);
        Assert.InRange(metric.Value, 0.97, 1);
        Assert.InRange(metric.Interval!.Value.Lower, 0.9, 1);
        Assert.Contains("equally many", Images.InputError(() => HeldOutAccuracy.Measure([1, 2, 3, 4], [1, 2, 3], 1)), StringComparison.Ordinal);
    }
}
