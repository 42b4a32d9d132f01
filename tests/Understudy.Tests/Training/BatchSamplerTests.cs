using Understudy.Training;

namespace Understudy.Tests.Training;

public sealed class BatchSamplerTests
{
    [Fact]
    public void An_epoch_visits_records_once_and_drops_the_rest()
    {
        var sampler = new BatchSampler(103, 10, seed: 1);
        var visited = Enumerable.Range(0, sampler.BatchesPerEpoch).SelectMany(step => sampler.Batch(step).ToArray()).ToArray();
        Assert.Equal(100, visited.Length);
        Assert.Equal(100, visited.Distinct().Count());
    }

    [Fact]
    public void A_batch_depends_on_its_step_alone()
    {
        var straight = new BatchSampler(50, 8, seed: 3);
        var expected = Enumerable.Range(0, 40).Select(step => straight.Batch(step).ToArray()).ToArray();
        var jumping = new BatchSampler(50, 8, seed: 3);
        foreach (var step in new[] { 39, 2, 17, 0, 38 }) Assert.Equal(expected[step], jumping.Batch(step).ToArray());
        Assert.NotEqual(expected[0], expected[6]); // another epoch, another order
    }

    [Fact]
    public void A_batch_is_never_larger_than_the_set()
    {
        var sampler = new BatchSampler(5, 128, seed: 1);
        Assert.Equal(5, sampler.BatchSize);
        Assert.Equal([0, 1, 2, 3, 4], sampler.Batch(0).ToArray().Order());
    }

    // Under uniformity each of 5 positions gets record 0 in 2,000 ± 40 of 10,000 epochs; 6 standard errors: false alarms below 1e-7.
    [Fact]
    public void Every_place_in_an_epoch_is_equally_likely()
    {
        var sampler = new BatchSampler(5, 5, seed: 1);
        var hits = new int[5];
        for (var epoch = 0; epoch < 10_000; epoch++) hits[sampler.Batch(epoch).IndexOf(0)]++;
        Assert.All(hits, count => Assert.InRange(count, 1760, 2240));
    }
}
