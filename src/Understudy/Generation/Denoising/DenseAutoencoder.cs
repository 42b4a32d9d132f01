using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Denoising;

/// <summary>Fully connected networks with two hidden layers and ReLU, for images of any size.</summary>
/// <remarks>Creswell and Bharath, 2017, 1703.01220: 784-1000-1000-nz for MNIST, and mirrored.</remarks>
internal static class DenseAutoencoder
{
    /// <summary>E: [B, C, H, W] → [B, nz].</summary>
    public static Sequential Encoder(ImageShape shape, int hidden, int latentSize) => new(
        new Flatten(), new Linear(shape.Length, hidden), new ReLU(), new Linear(hidden, hidden), new ReLU(), new Linear(hidden, latentSize));

    /// <summary>Dec: [B, nz] → [B, C, H, W] in [0, 1].</summary>
    public static Sequential Decoder(ImageShape shape, int hidden, int latentSize) => new(
        new Sequential(
            new Linear(latentSize, hidden), new ReLU(), new Linear(hidden, hidden), new ReLU(), new Linear(hidden, shape.Length),
            new Reshape(shape.Channels, shape.Height, shape.Width)),
        new Sigmoid());

    /// <summary>Dec before its sigmoid.</summary>
    public static Tensor Logits(Module decoder, Tensor z) => ((Sequential)decoder)[0].Forward(z);

    /// <summary>D: [B, inputs] → logits [B, 1].</summary>
    public static Sequential Discriminator(int inputs, int hidden) => new(
        new Linear(inputs, hidden), new ReLU(), new Linear(hidden, hidden), new ReLU(), new Linear(hidden, 1));
}
