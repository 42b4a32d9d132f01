using Understudy.Data;

namespace Understudy.Generation.Networks;

/// <summary>The sizes of image that the convolutional backbones are defined for.</summary>
public static class Backbone
{
    /// <summary>How often the size doubles on the way from the first feature map (7×7 or 4×4) to the image.</summary>
    /// <exception cref="InputException">The image is not 28×28, 32×32 or 64×64.</exception>
    public static int Doublings(ImageShape shape) => (shape.Height, shape.Width) switch
    {
        (28, 28) => 2,
        (32, 32) => 3,
        (64, 64) => 4,
        _ => throw new InputException($"images are {shape}; the convolutional networks take 28x28, 32x32 or 64x64: set data.size"),
    };
}
