using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

public sealed class PairedStatisticsTests
{
    [Fact]
    public void Wilcoxon_is_that_of_the_published_example()
    {
        // Hollander and Wolfe, Nonparametric Statistical Methods, 1973, page 29 (the depression data of R's wilcox.test): V = 40, p = 0.03906.
        double[] before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        double[] after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        var test = WilcoxonSignedRank.Test(before, after);
        Assert.Equal(40, test.Statistic);
        Assert.Equal(0.0390625, test.PValue, 10);
        Assert.Equal(test.PValue, WilcoxonSignedRank.Test(after, before).PValue, 10);
    }

    [Fact]
    public void Large_samples_take_the_normal_distribution_and_ties_are_shared()
    {
        // 60 pairs, all of the same difference 1: V = 60·61/2, mean half of that, variance n(n+1)(2n+1)/24 − (n³ − n)/48.
        var x = Enumerable.Repeat(2.0, 60).ToArray();
        var test = WilcoxonSignedRank.Test(x, [.. x.Select(v => v - 1)]);
        Assert.Equal(1830, test.Statistic);
        Assert.InRange(test.PValue, 1e-15, 1e-13); // z = 914.5/√(18452.5 − 4498.75) = 7.74
        Assert.Equal(1, WilcoxonSignedRank.Test(x, x).PValue);
        Assert.Contains("no pairs", Images.InputError(() => WilcoxonSignedRank.Test(x, [1])), StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_is_that_computed_by_hand()
    {
        var summary = SampleSummary.Of([1, 2, 3, 4]);
        Assert.Equal(2.5, summary.Mean);
        Assert.Equal(Math.Sqrt(5 / 3.0), summary.StandardDeviation, 12);
        // t₃ at 0.975 is 3.182446.
        Assert.Equal(2.5 - (3.182446 * Math.Sqrt(5 / 3.0) / 2), summary.MeanInterval!.Value.Lower, 5);
        Assert.Equal(2.5, summary.Median);
        Assert.Equal(0, SampleSummary.Of([7]).StandardDeviation);
        Assert.Null(SampleSummary.Of([7]).MeanInterval); // one value says nothing of how far the mean may be off
    }

    [Fact]
    public void Moments_tell_thick_leaning_and_wide_shapes()
    {
        var shape = new ImageShape(1, 3, 3);
        var upright = new ImageSet(shape, [0, 255, 0, 0, 255, 0, 0, 255, 0]);
        var leaning = new ImageSet(shape, [0, 0, 255, 0, 255, 0, 255, 0, 0]);
        var backward = new ImageSet(shape, [255, 0, 0, 0, 255, 0, 0, 0, 255]);
        var wide = new ImageSet(shape, [255, 255, 255, 0, 255, 0, 0, 0, 0]);
        Assert.Equal(1 / 3.0, ImageMoments.Of(upright, 0).Ink, 9);
        Assert.Equal(0, ImageMoments.Of(upright, 0).Slant, 9);
        Assert.Equal(1, ImageMoments.Of(leaning, 0).Slant, 9);
        Assert.Equal(-1, ImageMoments.Of(backward, 0).Slant, 9);
        Assert.Equal(0, ImageMoments.Of(upright, 0).Aspect, 9);
        Assert.True(ImageMoments.Of(wide, 0).Aspect > 1);
        Assert.Equal(new ImageMoments(0, 0, 1), ImageMoments.Of(new ImageSet(shape, new byte[9]), 0));
    }
}
