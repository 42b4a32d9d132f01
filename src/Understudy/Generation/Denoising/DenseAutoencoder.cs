using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Denoising;

/// <summary>Fully connected networks with hidden layers of one size and ReLU, for images of any size.</summary>
/// <remarks>Creswell and Bharath, 2017, 1703.01220: 784-1000-1000-nz for MNIST, and mirrored.</remarks>
internal static class DenseAutoencoder
{
    /// <summary>E: [B, C, H, W] → [B, nz].</summary>
    public static Sequential Encoder(ImageShape shape, int layers, int hidden, int latentSize) =>
        new([new Flatten(), .. Hidden(shape.Length, layers, hidden), new Linear(hidden, latentSize)]);

    /// <summary>Dec: [B, nz] → [B, C, H, W] in [0, 1].</summary>
    public static Sequential Decoder(ImageShape shape, int layers, int hidden, int latentSize) => new(
        new Sequential([.. Hidden(latentSize, layers, hidden), new Linear(hidden, shape.Length), new Reshape(shape.Channels, shape.Height, shape.Width)]),
        new Sigmoid());

    /// <summary>Dec before its sigmoid.</summary>
    public static Tensor Logits(Module decoder, Tensor z) => ((Sequential)decoder)[0].Forward(z);

    /// <summary>D: [B, inputs] → logits [B, 1].</summary>
    public static Sequential Discriminator(int inputs, int hidden) => new([.. Hidden(inputs, layers: 2, hidden), new Linear(hidden, 1)]);

    private static IEnumerable<Module> Hidden(int inputs, int layers, int hidden) =>
        Enumerable.Range(0, layers).SelectMany(layer => new Module[] { new Linear(layer == 0 ? inputs : hidden, hidden), new ReLU() });
}
