using Understudy.Data;
using Understudy.Generation.PrivateGans;
using Understudy.Tests.Data;
using Understudy.Torch;

namespace Understudy.Tests.Generation;

public sealed class GsWganCriticTests
{
    private static readonly GsWganOptions Options = new() { Width = 8, LearningRateD = 2e-3 };

    /// <summary>Class 0 is bright above and class 1 below; grey images, moved against the gradient, become so.</summary>
    [Fact]
    public void The_gradient_leads_generated_images_to_the_records_of_their_class()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(1);
        var records = Images.Noise(60, 1, 28, 28, classes: 2);
        for (var i = 0; i < records.Pixels.Length; i++)
            records.Pixels[i] = (byte)((records.Pixels[i] / 8) + (i % 784 / 392 == records.Labels![i / 784] ? 200 : 0));
        using var critic = new GsWganCritic(Options, records, Device.Cpu);
        var fake = Tensor.Zeros([16, 1, 28, 28]);
        var maps = GsWganCritic.Maps(Tensor.From([.. Enumerable.Range(0, 16).Select(i => (long)(i % 2))], 16).OneHot(2).To(DType.Float32), records.Shape);
        for (var step = 0; step < 40; step++)
        {
            using var inner = new TensorScope();
            critic.Train(fake, maps);
        }
        var gradient = critic.Gradient(fake, maps);
        Assert.Equal(fake.Shape, gradient.Shape);
        var halves = gradient.Reshape(16, 2, 392).Mean([2]).ToArray<float>(); // [image, half]
        for (var i = 0; i < 16; i++)
            Assert.True(halves[(2 * i) + (i % 2)] < halves[(2 * i) + 1 - (i % 2)], $"image {i}: {halves[2 * i]} above, {halves[(2 * i) + 1]} below");
    }

    [Fact]
    public void A_critic_without_records_stays_as_it_is()
    {
        using var scope = new TensorScope();
        using var critic = new GsWganCritic(Options, Images.Noise(2, 1, 28, 28, classes: 2).Subset([]), Device.Cpu);
        var fake = Tensor.RandN([3, 1, 28, 28]);
        var maps = GsWganCritic.Maps(Tensor.From([0L, 1, 0], 3).OneHot(2).To(DType.Float32), new ImageShape(1, 28, 28));
        var before = critic.Gradient(fake, maps).ToArray<float>();
        critic.Train(fake, maps);
        Assert.Equal(before, critic.Gradient(fake, maps).ToArray<float>());
    }
}
