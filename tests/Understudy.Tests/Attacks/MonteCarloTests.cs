using Understudy.Attacks;
using Understudy.Data;

namespace Understudy.Tests.Attacks;

public sealed class MonteCarloTests
{
    /// <summary>
    /// Grey levels 0, 10 and 100 of single pixels against samples 0, 1, 12 and 200: the least distances are 0, 2 and 88, the median 2. Within
    /// 2 lie two samples, one and none.
    /// </summary>
    [Fact]
    public void ScoreIsTheShareOfSamplesWithinTheMedian() => Assert.Equal([0.5, 0.25, 0], new MonteCarlo().Score(Pixels(0, 1, 12, 200), Pixels(0, 10, 100), null, 1));

    [Theory]
    [InlineData(0.0, new[] { 0.25, 0, 0 })]
    [InlineData(1.0, new[] { 0.75, 0.75, 0.25 })]
    public void RadiusIsTheQuantile(double quantile, double[] expected) =>
        Assert.Equal(expected, new MonteCarlo(new MonteCarloOptions { Quantile = quantile }).Score(Pixels(0, 1, 12, 200), Pixels(0, 10, 100), null, 1));

    private static ImageSet Pixels(params byte[] values) => new(new ImageShape(1, 1, 1), values);
}
