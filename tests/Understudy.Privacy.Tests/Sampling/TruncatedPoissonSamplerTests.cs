using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Sampling;
using Understudy.Privacy.Tests.Noise;

namespace Understudy.Privacy.Tests.Sampling;

/// <summary>Fixed seeds; every statistical test has a false-alarm rate of at most 4e-6.</summary>
public sealed class TruncatedPoissonSamplerTests
{
    [Fact]
    public void A_generous_maximum_leaves_poisson_samples()
    {
        const int records = 60;
        const double rate = 0.2;
        using var sampler = new TruncatedPoissonSampler(records, new SamplingRate(rate), null, new SeededNoiseSource(1));

        Assert.Empty(InclusionCheck.Violations(PoissonSamplerTests.Batches(sampler, 8000), records, rate));
    }

    /// <summary>Given the sizes n, the records' counts c have Σ (c − mean)²/V ~ χ²(N − 1) with V = Σ n(N − n)/(N(N − 1)).</summary>
    [Fact]
    public void An_overfull_draw_keeps_a_uniform_subset()
    {
        const int records = 100, maximum = 40, steps = 5000;
        using var sampler = new TruncatedPoissonSampler(records, new SamplingRate(0.5), maximum, new SeededNoiseSource(2));
        var batches = PoissonSamplerTests.Batches(sampler, steps);
        var counts = new int[records];
        foreach (var record in batches.SelectMany(b => b)) counts[record]++;

        var mean = counts.Average();
        var variance = batches.Sum(b => (double)b.Length * (records - b.Length)) / (records * (records - 1));
        var upper = Statistics.ChiSquareTail(counts.Sum(c => (c - mean) * (c - mean)) / variance, records - 1);
        Assert.InRange(upper, Statistics.FalseAlarm / 2, 1 - Statistics.FalseAlarm / 2);
        Assert.InRange(batches.Count(b => b.Length == maximum), steps * 0.97, steps * 0.995); // P(Bin(100, ½) ≥ 40) = .9824
        Assert.All(batches, b => Assert.Equal(b.Length, b.Distinct().Count()));
    }

    [Fact]
    public void Every_batch_has_the_same_rows_and_pads_with_masked_ones()
    {
        using var sampler = new TruncatedPoissonSampler(1000, new SamplingRate(0.01), 12, new SeededNoiseSource(3));
        for (var step = 0; step < 200; step++)
        {
            var batch = sampler.Next();
            Assert.Equal(12, batch.Indices.Length);
            Assert.Equal(12, batch.Mask.Length);
            Assert.All(Enumerable.Range(0, 12).Where(i => !batch.Mask.Span[i]), i => Assert.Equal(0, batch.Indices.Span[i]));
        }
    }

    /// <summary>256 + 8·16 = 384; a rate of 1 needs all N rows, and there is always one.</summary>
    [Theory]
    [InlineData(60_000, 256.0 / 60_000, 384)]
    [InlineData(100, 1.0, 100)]
    [InlineData(100, 0.0, 1)]
    public void The_default_maximum_is_eight_deviations_above_the_mean(int records, double rate, int expected)
    {
        using var sampler = new TruncatedPoissonSampler(records, new SamplingRate(rate));

        Assert.Equal(expected, sampler.MaximumBatch);
    }

    /// <summary>At the default maximum, truncation costs nothing that an accountant could see.</summary>
    [Fact]
    public void Its_event_is_accounted_for()
    {
        using var sampler = new TruncatedPoissonSampler(10_000, new SamplingRate(0.01));
        var sigma = new NoiseMultiplier(1);
        var accountant = new TightestAccountant(NeighbouringRelation.ReplaceSpecial);

        var truncated = accountant.EpsilonAt(sampler.StepEvent(sigma).Times(1000), new Delta(1e-5)).Upper.Value;

        Assert.Equal(new TruncatedPoissonGaussianEvent(10_000, new SamplingRate(0.01), 180, sigma), sampler.StepEvent(sigma));
        Assert.Equal(1.828244, truncated, 1e-4); // plain Poisson sampling by dp_accounting 0.6.0
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncatedPoissonSampler(0, new SamplingRate(0.1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TruncatedPoissonSampler(5, new SamplingRate(0.1), 0));
    }
}
