using Understudy.Privacy.Accounting;

namespace Understudy.Privacy.Tests.Accounting;

public sealed class AnalyticGaussianTests
{
    /// <summary>Balle and Wang's formula at 40 digits, by mpmath 1.2.1.</summary>
    [Theory]
    [InlineData(1, 1, 0.126936737506643946)]
    [InlineData(1e-3, 1e-3, 0.0000833571321252084918)]
    [InlineData(1e-6, 3e-6, 3.82154890279587739e-10)]
    [InlineData(1000, 505000, 2.85172250443596315e-7)]
    [InlineData(0.2, 1.9, 5.5653666953544169e-23)]
    [InlineData(5, 1, 0.979851678089775196)]
    [InlineData(1e-4, 0, 0.0000398942280235206728)]
    public void Delta_is_exact_for_tiny_and_huge_distances(double mu, double epsilon, double expected) =>
        Assert.Equal(1, AnalyticGaussian.DeltaAt(mu, new Epsilon(epsilon)).Value / expected, 1e-11);

    [Theory]
    [InlineData(1, 1e-5, 4.3771780956812245)]
    [InlineData(1, 1e-10, 6.547924066864951)]
    [InlineData(2, 1e-5, 9.9972561464343)]
    [InlineData(0.1, 1e-6, 0.39685737764408363)]
    public void Epsilon_is_exact(double mu, double delta, double expected)
    {
        var epsilon = AnalyticGaussian.EpsilonAt(mu, new Delta(delta));

        Assert.Equal(1, epsilon.Value / expected, 1e-12);
        Assert.True(AnalyticGaussian.DeltaAt(mu, epsilon).Value <= delta, "the answer must be on the private side");
    }

    [Fact]
    public void Distance_for_a_target_is_the_largest_that_meets_it()
    {
        var mu = AnalyticGaussian.MuFor(new Epsilon(2), new Delta(1e-6));

        Assert.True(AnalyticGaussian.DeltaAt(mu, new Epsilon(2)).Value <= 1e-6);
        Assert.True(AnalyticGaussian.DeltaAt(mu * (1 + 1e-12), new Epsilon(2)).Value > 1e-6);
    }

    [Fact]
    public void Edges()
    {
        Assert.Equal(0, AnalyticGaussian.EpsilonAt(0, Delta.Zero).Value);
        Assert.Equal(Epsilon.Infinite, AnalyticGaussian.EpsilonAt(1, Delta.Zero));
        Assert.Equal(0, AnalyticGaussian.EpsilonAt(1, new Delta(0.5)).Value);
        Assert.Equal(0, AnalyticGaussian.DeltaAt(1, Epsilon.Infinite).Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => AnalyticGaussian.EpsilonAt(-1, new Delta(0.1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnalyticGaussian.MuFor(new Epsilon(1), Delta.Zero));
    }

    [Theory]
    [InlineData(1, 0.1, 0.389143691645361)]
    [InlineData(2, 0.001, 0.13780541289830034)]
    public void True_positive_rate_is_the_closed_form(double mu, double falsePositiveRate, double expected) =>
        Assert.Equal(1, AnalyticGaussian.TruePositiveRate(mu, falsePositiveRate) / expected, 1e-12);
}
