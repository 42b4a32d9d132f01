using Understudy.Privacy.Accounting;
using Understudy.Privacy.Accounting.Pld;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Tests.Accounting;

public sealed class RandomShardTests
{
    private static readonly Delta Delta = new(1e-5);

    /// <summary>
    /// Mixtures (1 - q)·N(r) + q·N(a) against (1 - q)·N(r) + q·N(b) with centres in the ball of radius C, by integration: none exceeds the pair's
    /// hockey stick, and where the rest sits on b the pair is attained.
    /// </summary>
    [Theory]
    [InlineData(0.01, 1.0)]
    [InlineData(0.1, 1.0)]
    [InlineData(0.1, 3.0)]
    [InlineData(0.5, 2.0)]
    public void The_pair_dominates_every_choice_of_shards_and_is_attained(double rate, double sigma)
    {
        var pair = new MixedReplacementPair(rate, new GaussianPair(2 / sigma));
        foreach (var epsilon in new[] { -1.5, -0.4, -0.05, 0, 0.03, 0.3, 1, 2.5 })
        {
            var bound = pair.HockeyStick(epsilon);
            var largest = 0.0;
            foreach (var rest in new[] { -1, -0.5, 0, 0.3, 1 })
            {
                var found = Integrated(rate, sigma, rest, 1, -1, epsilon);
                Assert.True(found <= bound + 1e-7, $"rest {rest}, epsilon {epsilon}: {found} > {bound}");
                largest = Math.Max(largest, found);
            }
            Assert.Equal(bound, largest, 1e-6);
        }
    }

    [Fact]
    public void One_shard_is_a_Gaussian_of_distance_two()
    {
        var accountant = new TightestAccountant(NeighbouringRelation.AddOrRemoveOne);
        var expected = accountant.EpsilonAt(new GaussianEvent(1.5), Delta).Upper.Value;
        Assert.Equal(expected, accountant.EpsilonAt(new RandomShardGaussianEvent(1, new NoiseMultiplier(3)), Delta).Upper.Value, 1e-9);
    }

    /// <summary>
    /// GS-WGAN on MNIST: noise 2 · 0.48347 · C, 1,000 shards, 20,000 steps. As if batches were Poisson samples a Rényi accountant gives 8.9, and the
    /// tightest 7.5; that a record changes what is in its shard costs a little more.
    /// </summary>
    [Fact]
    public void GS_WGAN_costs_no_less_than_as_if_its_batches_were_Poisson_samples()
    {
        var accountant = new TightestAccountant(NeighbouringRelation.AddOrRemoveOne);
        var batches = new GaussianEvent(0.48347).Sampled(new SamplingRate(1e-3)).Times(20_000);
        var poisson = accountant.EpsilonAt(batches, Delta).Upper.Value;
        var shards = accountant.EpsilonAt(new RandomShardGaussianEvent(1000, new NoiseMultiplier(2 * 0.48347)).Times(20_000), Delta).Upper.Value;
        Assert.Equal(8.9, new RdpAccountant(NeighbouringRelation.AddOrRemoveOne).EpsilonAt(batches, Delta).Upper.Value, 0.15);
        Assert.InRange(shards, poisson, 1.15 * poisson);
    }

    /// <summary>∫ max(0, p - e^ε q) by the trapezoid rule.</summary>
    private static double Integrated(double rate, double sigma, double rest, double a, double b, double epsilon)
    {
        const double step = 1e-3;
        var sum = 0.0;
        for (var x = -1 - (9 * sigma); x <= 1 + (9 * sigma); x += step)
        {
            var p = ((1 - rate) * Density(x, rest)) + (rate * Density(x, a));
            var q = ((1 - rate) * Density(x, rest)) + (rate * Density(x, b));
            sum += Math.Max(0, p - (Math.Exp(epsilon) * q));
        }
        return sum * step;

        double Density(double x, double centre) => Math.Exp(-(x - centre) * (x - centre) / (2 * sigma * sigma)) / (sigma * Math.Sqrt(2 * Math.PI));
    }
}
