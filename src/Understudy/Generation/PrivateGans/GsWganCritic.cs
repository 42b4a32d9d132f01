using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Initialization;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;

namespace Understudy.Generation.PrivateGans;

/// <summary>A critic of a shard: WGAN with gradient penalty (Gulrajani et al., NeurIPS 2017, 1704.00028). Not private: it may leave by its noised gradient alone.</summary>
internal sealed class GsWganCritic : IDisposable
{
    private const double Beta2 = 0.9;

    private readonly GsWganOptions options;
    private readonly int classes;
    private readonly ImageTensors? data; // null for a shard without records
    private readonly int count;
    private readonly Module network;
    private readonly Adam optimizer;

    public GsWganCritic(GsWganOptions options, ImageSet records, Device device)
    {
        this.options = options;
        (classes, count) = (records.ClassCount, records.Count);
        if (count > 0) data = new ImageTensors(records, PixelRange.SignedUnit, device);
        network = DcDiscriminator.Build(records.Shape, options.Width, conditionChannels: classes, normalized: false);
        Initializers.Dcgan(network);
        network.To(device);
        optimizer = new Adam(network.Parameters, options.LearningRateD, options.Beta1, Beta2);
    }

    /// <summary>Classes as channels, each 0 or 1 throughout: [B, K] → [B, K, H, W].</summary>
    public static Tensor Maps(Tensor y, ImageShape shape) => y.Reshape(-1, y.Size(1), 1, 1).Expand(-1, -1, shape.Height, shape.Width);

    /// <summary>One step: E D(G(z)) - E D(x) + λ E (‖∇D(x̂)‖ - 1)² + drift · E D(x)²; without records nothing.</summary>
    public void Train(Tensor fakeImages, Tensor? fakeMaps)
    {
        if (data is null) return;
        var batch = fakeImages.Size(0);
        var (x, y) = data.Batch(Tensor.RandInt(0, count, [batch]).ToArray<long>().Select(i => (int)i).ToArray());
        var real = With(x, y is null ? null : Maps(y.OneHot(classes).To(DType.Float32), new ImageShape((int)x.Size(1), (int)x.Size(2), (int)x.Size(3))));
        var fake = With(fakeImages, fakeMaps);
        var alpha = Tensor.Rand([batch, 1, 1, 1], device: real.Device);
        var between = ((alpha * real) + ((1 - alpha) * fake)).Detach();
        between.RequiresGrad = true;
        var slope = Autograd.Grad([network.Forward(between).Sum()], [between], createGraph: true)[0]!;
        var norms = (slope.Square().Sum([1, 2, 3]) + 1e-12).Sqrt(); // [B]
        var judged = network.Forward(real);
        var loss = network.Forward(fake).Mean() - judged.Mean() + (options.GradientPenalty * (norms - 1).Square().Mean()) + (options.Drift * judged.Square().Mean());
        optimizer.ZeroGrad();
        loss.Backward();
        optimizer.Step();
    }

    /// <summary>By which the generator lowers -E D(G(z)): [B, C, H, W].</summary>
    public Tensor Gradient(Tensor images, Tensor? maps)
    {
        var leaf = images.Detach();
        leaf.RequiresGrad = true;
        return Autograd.Grad([-network.Forward(With(leaf, maps)).Mean()], [leaf])[0]!;
    }

    public void Dispose()
    {
        optimizer.Dispose();
        network.Dispose();
        data?.Dispose();
    }

    private static Tensor With(Tensor images, Tensor? maps) => maps is null ? images : Tensor.Cat([images, maps], 1);
}
