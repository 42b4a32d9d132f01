using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Tests.Noise;

/// <summary>Against the exact probabilities, by χ². Fixed seeds; every test has a false-alarm rate of at most 1e-6.</summary>
public sealed class DiscreteSamplerTests
{
    private const int Count = 200_000;

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(5UL)]
    [InlineData(40UL)]
    public void Laplace_draws_have_their_probabilities(ulong scale)
    {
        var sampler = new DiscreteLaplaceSampler(scale);
        var ratio = Math.Exp(-1.0 / scale);

        Check(sampler.Next, k => (1 - ratio) / (1 + ratio) * Math.Pow(ratio, Math.Abs(k)));
    }

    [Theory]
    [InlineData(1UL, 4UL)]
    [InlineData(23UL, 10UL)]
    [InlineData(1UL, 1UL)]
    [InlineData(9UL, 1UL)]
    [InlineData(40UL, 1UL)]
    [InlineData(4_000_000_001UL, 100_000_000UL)]
    public void Gaussian_draws_have_their_probabilities(ulong numerator, ulong denominator)
    {
        var variance = (double)numerator / denominator;
        double Weight(double k) => Math.Exp(-k * k / (2 * variance));
        var total = Enumerable.Range(-400, 801).Sum(k => Weight(k));

        Check(new DiscreteGaussianSampler(numerator, denominator).Next, k => Weight(k) / total);
    }

    /// <summary>At a scale of 2⁴⁰ the draws over the scale are Laplace to 1e-12: |x|/t is exponential, in 20 equally likely cells.</summary>
    [Fact]
    public void Laplace_draws_of_a_large_scale_are_exponential_on_both_sides()
    {
        const ulong scale = 1UL << 40;
        var sampler = new DiscreteLaplaceSampler(scale);
        var words = new RandomWords(new SeededNoiseSource(2));
        var counts = new long[40];
        for (var i = 0; i < Count; i++)
        {
            var x = sampler.Next(words) / (double)scale;
            var cell = (int)(20 * Math.Exp(-Math.Abs(x)));
            counts[Math.Min(cell, 19) + (x < 0 ? 20 : 0)]++;
        }

        Assert.True(Statistics.PearsonTail(counts, [.. Enumerable.Repeat(Count / 40.0, 40)]) > Statistics.FalseAlarm);
    }

    /// <summary>The largest variances leave the arithmetic room: draws over σ have mean square 1, whose sum is χ² over the count.</summary>
    [Theory]
    [InlineData(1UL << 52, 1UL)]
    [InlineData((1UL << 52) - 1, (1UL << 52) - 2)]
    public void Extreme_variances_do_not_overflow(ulong numerator, ulong denominator)
    {
        const int count = 20_000;
        var sampler = new DiscreteGaussianSampler(numerator, denominator);
        var words = new RandomWords(new SeededNoiseSource(3));
        var variance = (double)numerator / denominator;
        var squares = 0.0;
        for (var i = 0; i < count; i++) squares += Math.Pow(sampler.Next(words), 2) / variance;

        Assert.True(Statistics.TwoSided((squares - count) / Math.Sqrt(2 * count)) > Statistics.FalseAlarm);
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteLaplaceSampler(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteLaplaceSampler(DiscreteLaplaceSampler.LargestScale + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianSampler(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianSampler(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianSampler(DiscreteGaussianSampler.Largest + 1, 1));
    }

    /// <summary>One cell a number where it is expected five times or more, and one for each side's rest.</summary>
    private static void Check(Func<RandomWords, long> draw, Func<int, double> probability)
    {
        var reach = 0;
        while (Count * probability(reach + 1) >= 50) reach++;
        var words = new RandomWords(new SeededNoiseSource(1));
        var counts = new long[2 * reach + 3];
        for (var i = 0; i < Count; i++) counts[Math.Clamp(draw(words), -reach - 1, reach + 1) + reach + 1]++;

        var expected = Enumerable.Range(-reach - 1, 2 * reach + 3).Select(k => Count * probability(k)).ToArray();
        expected[0] = expected[^1] = (Count - expected[1..^1].Sum()) / 2;
        if (expected[0] < 5)
        {
            // So few that they are told apart from none only together with their neighbours.
            (counts[1], counts[^2]) = (counts[1] + counts[0], counts[^2] + counts[^1]);
            (expected[1], expected[^2]) = (expected[1] + expected[0], expected[^2] + expected[^1]);
            (counts, expected) = (counts[1..^1], expected[1..^1]);
        }
        Assert.True(Statistics.PearsonTail(counts, expected) > Statistics.FalseAlarm);
    }
}
