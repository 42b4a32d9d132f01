using Understudy.Data;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>The fully connected generator, for images of any size: three hidden layers of 4f, 8f and 16f.</summary>
public static class FcGenerator
{
    private const double Slope = 0.2;

    /// <summary>Builds one: [B, inputs] → [B, C, H, W] in [-1, 1].</summary>
    /// <param name="inputs">Latent size, and the condition's if there is one.</param>
    /// <param name="shape">Any.</param>
    /// <param name="width">f.</param>
    public static Sequential Build(long inputs, ImageShape shape, int width) => new(
        new Linear(inputs, 4 * width), new LeakyReLU(Slope),
        new Linear(4 * width, 8 * width), new LeakyReLU(Slope),
        new Linear(8 * width, 16 * width), new LeakyReLU(Slope),
        new Linear(16 * width, shape.Length), new Tanh(),
        new Reshape(shape.Channels, shape.Height, shape.Width));
}
