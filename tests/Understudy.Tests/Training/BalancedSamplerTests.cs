using Understudy.Training;

namespace Understudy.Tests.Training;

public sealed class BalancedSamplerTests
{
    // Of 2000 draws of two equally likely classes, 1000 ± 4 · √500: a right sampler fails one time in 16,000.
    [Fact]
    public void A_rare_class_is_drawn_as_often_as_a_common_one_and_only_allowed_records_are()
    {
        var labels = Enumerable.Range(0, 100).Select(i => i == 7 ? 1 : 0).ToArray();
        var sampler = new BalancedSampler([3, 4, 5, 6, 7], labels, 20, seed: 3);
        var drawn = Enumerable.Range(0, 100).SelectMany(step => sampler.Batch(step).ToArray()).ToArray();
        Assert.InRange(drawn.Count(i => i == 7), 1000 - 90, 1000 + 90);
        Assert.Equal([3, 4, 5, 6, 7], drawn.Distinct().Order());
    }

    [Fact]
    public void A_batch_depends_on_seed_and_step_alone()
    {
        int[] Batch(ulong seed, long step) => new BalancedSampler([0, 1, 2, 3], [0, 0, 1, 1], 16, seed).Batch(step).ToArray();
        Assert.Equal(Batch(1, 5), Batch(1, 5));
        Assert.NotEqual(Batch(1, 5), Batch(1, 6));
        Assert.NotEqual(Batch(1, 5), Batch(2, 5));
    }
}
