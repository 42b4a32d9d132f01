using Understudy.Data;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>A convolutional generator for images too small to be doubled from anything smaller, such as 7×7 or 8×8.</summary>
public static class CoarseGenerator
{
    /// <summary>Builds one: [B, inputs] → [B, C, h, w] in [-1, 1].</summary>
    /// <param name="inputs">Latent size.</param>
    /// <param name="shape">Any; the first layer grows with its area.</param>
    /// <param name="width">f: channels of the last hidden layer.</param>
    public static Sequential Build(long inputs, ImageShape shape, int width)
    {
        var (_, height, length) = shape;
        var features = 2L * width * height * length;
        return new Sequential(
            new Linear(inputs, features, bias: false), new BatchNorm1d(features), new ReLU(),
            new Reshape(2L * width, height, length), // [B, 2f, h, w]
            new Conv2d(2L * width, width, 3, padding: 1, bias: false), new BatchNorm2d(width), new ReLU(),
            new Conv2d(width, shape.Channels, 3, padding: 1), new Tanh());
    }
}
