using Understudy.Privacy.Events;
using Understudy.Privacy.Sampling;
using Understudy.Privacy.Tests.Noise;

namespace Understudy.Privacy.Tests.Sampling;

/// <summary>Fixed seeds; every statistical test has a false-alarm rate of at most 4e-6.</summary>
public sealed class PoissonSamplerTests
{
    private const int Records = 60;
    private const int Steps = 12_000;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void Every_record_tosses_its_own_coin_in_every_step(double rate)
    {
        using var sampler = new PoissonSampler(Records, new SamplingRate(rate), new SeededNoiseSource(1));

        Assert.Empty(InclusionCheck.Violations(Batches(sampler, Steps), Records, rate));
    }

    /// <summary>More records than are drawn at a time, and a number that fills no vector: the counts of N records over S steps are χ²(N).</summary>
    [Fact]
    public void Many_records_are_treated_alike()
    {
        const int records = 5003, steps = 2000;
        const double rate = 0.02;
        using var sampler = new PoissonSampler(records, new SamplingRate(rate), new SeededNoiseSource(2));
        var counts = new int[records];
        foreach (var batch in Batches(sampler, steps))
        {
            Assert.Equal(batch.Order(), batch);
            foreach (var record in batch) counts[record]++;
        }

        var upper = Statistics.ChiSquareTail(counts.Sum(c => Math.Pow(c - steps * rate, 2) / (steps * rate * (1 - rate))), records);
        Assert.InRange(upper, Statistics.FalseAlarm / 2, 1 - Statistics.FalseAlarm / 2);
    }

    /// <summary>Each epoch takes each record once: the counts are too even, and so are the sizes.</summary>
    [Fact]
    public void Shuffled_batches_are_recognised()
    {
        var random = new Random(3);
        const int size = 6;
        var batches = new List<int[]>();
        while (batches.Count < Steps)
        {
            var order = Enumerable.Range(0, Records).ToArray();
            random.Shuffle(order);
            batches.AddRange(order.Chunk(size));
        }

        Assert.Equal(["record counts", "batch sizes", "pairs", "steps"], InclusionCheck.Violations(batches, Records, (double)size / Records));
    }

    /// <summary>A batch of exactly qN records, drawn afresh without replacement: right counts, wrong sizes and pairs.</summary>
    [Fact]
    public void Batches_of_fixed_size_are_recognised()
    {
        var random = new Random(4);
        const int size = 6;
        var batches = Enumerable.Range(0, Steps).Select(_ => random.GetItems(Enumerable.Range(0, Records).ToArray(), 40).Distinct().Take(size).ToArray()).ToArray();

        Assert.Equal(["batch sizes", "pairs"], InclusionCheck.Violations(batches, Records, (double)size / Records));
    }

    /// <summary>A rate of 1/⌈N/B⌉ instead of B/N, here 1/9 for B/N = 7/60: off by 5 %.</summary>
    [Fact]
    public void A_slightly_wrong_rate_is_recognised()
    {
        using var sampler = new PoissonSampler(Records, new SamplingRate(1.0 / 9), new SeededNoiseSource(5));

        Assert.Contains("record counts", InclusionCheck.Violations(Batches(sampler, Steps), Records, 7.0 / 60));
    }

    [Fact]
    public void Certain_and_impossible_rates_are_exact()
    {
        using var all = new PoissonSampler(5, SamplingRate.All);
        using var none = new PoissonSampler(5000, new SamplingRate(0));
        using var nobody = new PoissonSampler(0, new SamplingRate(0.5));

        Assert.Equal([0, 1, 2, 3, 4], all.Next().Indices.ToArray());
        Assert.Equal(0, none.Next().Indices.Length);
        Assert.Equal(0, nobody.Next().Indices.Length);
    }

    /// <summary>The least rate chooses nobody and the greatest below 1 nearly everybody: neither wraps around.</summary>
    [Theory]
    [InlineData(double.Epsilon, 0)]
    [InlineData(0.99999999999999989, 3000)]
    public void Extreme_rates_do_not_wrap_around(double rate, int expected)
    {
        using var sampler = new PoissonSampler(3000, new SamplingRate(rate));

        Assert.Equal(expected, sampler.Next().Indices.Length);
    }

    [Fact]
    public void Batches_may_be_empty()
    {
        using var sampler = new PoissonSampler(10, new SamplingRate(0.01), new SeededNoiseSource(6));

        Assert.Contains(Batches(sampler, 100), b => b.Length == 0);
    }

    [Fact]
    public void The_sampler_knows_its_event_and_whether_it_is_secret()
    {
        using var sampler = new PoissonSampler(10, new SamplingRate(0.1));
        using var known = new PoissonSampler(10, new SamplingRate(0.1), new SeededNoiseSource(1));

        Assert.Equal(new GaussianEvent(1.5).Sampled(new SamplingRate(0.1)), sampler.StepEvent(new NoiseMultiplier(1.5)));
        Assert.True(sampler.IsPrivate);
        Assert.False(known.IsPrivate);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonSampler(-1, new SamplingRate(0.1)));
    }

    internal static IReadOnlyList<int[]> Batches(BatchSampler sampler, int steps) => [.. Enumerable.Range(0, steps).Select(_ =>
    {
        var batch = sampler.Next();
        return batch.Indices.ToArray().Where((_, row) => batch.Mask.Span[row]).ToArray();
    })];
}
