using Understudy.Data;
using Understudy.Generation;
using Understudy.Torch;

namespace Understudy.Tests.Sampling;

/// <summary>A generator that needs no training: G(z) = gain · tanh(scale · z A) with a random A, so that every image has one latent vector.</summary>
internal sealed class SmoothGenerator : ILatentGenerator
{
    private readonly Tensor mixing; // [nz, C · H · W]
    private readonly double scale;
    private readonly double gain;

    public SmoothGenerator(int latentSize = 8, int side = 6, double scale = 0.3, IReadOnlyList<string>? classNames = null, double gain = 1)
    {
        (Shape, LatentSize, ClassNames, this.scale, this.gain) = (new ImageShape(1, side, side), latentSize, classNames ?? [], scale, gain);
        TorchRuntime.ManualSeed(5);
        mixing = TensorScope.Persist(Tensor.RandN([latentSize, Shape.Length]));
    }

    public ImageShape Shape { get; }

    public int LatentSize { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public Device Device => Device.Cpu;

    /// <summary>Images that went through it at once, at most.</summary>
    public long LargestBatch { get; private set; }

    public Tensor Draw(long count, Tensor? labels) => Tensor.RandN([count, LatentSize]);

    public Tensor Forward(Tensor latents, Tensor? labels)
    {
        LargestBatch = Math.Max(LargestBatch, latents.Size(0));
        var images = (gain * (scale * latents.MatMul(mixing)).Tanh()).Reshape(-1, 1, Shape.Height, Shape.Width);
        return labels is null ? images : images * (1 - (0.5 * labels.To(DType.Float32).Reshape(-1, 1, 1, 1)));
    }

    public void Dispose() => mixing.Dispose();
}
