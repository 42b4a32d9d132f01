using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class DrawnClassesTests
{
    [Fact]
    public void Every_class_is_drawn_where_the_shares_are_alike()
    {
        var metric = DrawnClasses.Measure(Named(40, 40, 20), Named(10, 10, 5), 3, "net");
        Assert.Equal(("classes drawn[net]", 3, "of 3, named at least a tenth as often as among held-out images"), (metric.Name, metric.Value, metric.Note));
    }

    [Fact]
    public void A_class_that_is_hardly_drawn_is_missed_by_its_number()
    {
        // The second has a share of 0.4 and is drawn with 0.03, the third of 0.2 with as much.
        var metric = DrawnClasses.Measure(Named(40, 40, 20), Named(94, 3, 3), 3, "net");
        Assert.Equal(2, metric.Value);
        Assert.EndsWith("hardly drawn: 1", metric.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_no_real_image_has_is_not_asked_for() => Assert.Equal(1, DrawnClasses.Measure(Named(10, 0), Named(9, 1), 2, "net").Value);

    private static float[] Named(params int[] counts) =>
        [.. counts.SelectMany((count, k) => Enumerable.Repeat(k, count)).SelectMany(k => Enumerable.Range(0, counts.Length).Select(j => j == k ? 0.7f : 0.3f))];
}
