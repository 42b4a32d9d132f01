using Understudy.Data;

namespace Understudy.Generation.Networks;

/// <summary>The sizes of image that the convolutional backbones are defined for.</summary>
public static class Backbone
{
    /// <summary>How often the size doubles on the way from the first feature map (7×7 or 4×4) to the image.</summary>
    /// <exception cref="InputException">The image is not 28×28, 32×32, 64×64 or 128×128.</exception>
    public static int Doublings(ImageShape shape) => (shape.Height, shape.Width) switch
    {
        (28, 28) => 2,
        (32, 32) => 3,
        (64, 64) => 4,
        (128, 128) => 5,
        _ => throw new InputException($"images are {shape}; the convolutional networks take 28x28, 32x32, 64x64 or 128x128: set data.size"),
    };
}
