using Understudy.Data;
using Understudy.Generation;
using Understudy.Torch;

namespace Understudy.Tests.Sampling;

/// <summary>A generator that has learnt its records by heart: each has a place in the plane, near which G(z) is that record, and between places a mixture of the nearest.</summary>
internal sealed class RememberingGenerator : ILatentGenerator
{
    private const double Width = 0.3;
    private readonly Tensor places; // [N, 2]

    public RememberingGenerator(int records, int side)
    {
        Shape = new ImageShape(1, side, side);
        TorchRuntime.ManualSeed(4);
        places = TensorScope.Persist(Tensor.RandN([records, 2]));
        Records = TensorScope.Persist(Tensor.RandN([records, Shape.Length]).Clamp(-1, 1));
    }

    public ImageShape Shape { get; }

    public int LatentSize => 2;

    public IReadOnlyList<string> ClassNames => [];

    public Device Device => Device.Cpu;

    /// <summary>[N, H · W] the records, in [-1, 1].</summary>
    public Tensor Records { get; }

    public Tensor Draw(long count, Tensor? labels) => Tensor.RandN([count, 2]);

    public Tensor Forward(Tensor latents, Tensor? labels)
    {
        var distances = (latents.Unsqueeze(1) - places.Unsqueeze(0)).Square().Sum([2]); // [B, N]
        var shares = Functional.Softmax(distances / (-2 * Width * Width), 1);
        return shares.MatMul(Records).Reshape(-1, 1, Shape.Height, Shape.Width);
    }

    public void Dispose()
    {
        places.Dispose();
        Records.Dispose();
    }
}
