namespace Understudy.Tests.Metrics;

internal static class Relative
{
    public static void Equal(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
}
