using Understudy.Data;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>A convolutional discriminator for small images, such as 7×7 or 8×8, whose hidden layer sees the whole image; without batch norm.</summary>
public static class CoarseDiscriminator
{
    private const double Slope = 0.2;
    private const double Dropped = 0.3;
    private const long HiddenWidths = 8;

    /// <summary>Builds one: [B, C, h, w] → [B, 1] logits.</summary>
    /// <param name="shape">Any.</param>
    /// <param name="width">f: channels of the first layer.</param>
    public static Sequential Build(ImageShape shape, int width) => new(
        new Conv2d(shape.Channels, width, 3, padding: 1), new LeakyReLU(Slope), // [B, f, h, w]
        new Conv2d(width, 2L * width, 3, stride: 2, padding: 1), new LeakyReLU(Slope), // [B, 2f, ⌈h/2⌉, ⌈w/2⌉]
        new Flatten(), new Dropout(Dropped),
        new Linear(2L * width * ((shape.Height + 1) / 2) * ((shape.Width + 1) / 2), HiddenWidths * width), new LeakyReLU(Slope), // [B, 8f]
        new Linear(HiddenWidths * width, 1));
}
