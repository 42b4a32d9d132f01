using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Classification;

/// <summary>The U-Net that segments: four levels of two 3×3 convolutions each, joined across.</summary>
/// <remarks>Ronneberger, Fischer, Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI 2015, 1505.04597; padded, with batch norm, and f instead of 64 channels.</remarks>
public sealed class SegmentationNetwork : Module
{
    private const int Levels = 4;

    private readonly Module[] down = new Module[Levels];
    private readonly Module[] enlarge = new Module[Levels - 1];
    private readonly Module[] up = new Module[Levels - 1];
    private readonly Module pool;
    private readonly Module last;

    /// <summary>Builds one.</summary>
    /// <param name="shape">Images, without masks; height and width multiples of 8.</param>
    /// <param name="width">f: channels of the first level; each further one has twice as many.</param>
    /// <exception cref="InputException">The size is no multiple of 8.</exception>
    public SegmentationNetwork(ImageShape shape, int width)
    {
        const int halved = 1 << (Levels - 1);
        if (shape.Height % halved != 0 || shape.Width % halved != 0)
            throw new InputException($"images are {shape}; the network that segments halves them {Levels - 1} times, so it takes heights and widths that are multiples of {halved}: set data.size");
        Features = (long)width << (Levels - 1);
        pool = AddModule("pool", new MaxPool2d(2));
        for (var level = 0; level < Levels; level++)
        {
            var channels = (long)width << level;
            down[level] = AddModule($"down{level}", Double(level == 0 ? shape.Channels : channels / 2, channels));
            if (level == Levels - 1) break;
            enlarge[level] = AddModule($"enlarge{level}", new ConvTranspose2d(2 * channels, channels, 2, stride: 2)); // [B, 2c, h, w] → [B, c, 2h, 2w]
            up[level] = AddModule($"up{level}", Double(2 * channels, channels));
        }
        last = AddModule("last", new Conv2d(width, 1, 1));
    }

    /// <summary>D, the length of a feature vector.</summary>
    public long Features { get; }

    /// <summary>[B, C, H, W] → logits of foreground [B, 1, H, W].</summary>
    public override Tensor Forward(Tensor x)
    {
        var skips = Down(x);
        x = skips[^1];
        for (var level = Levels - 2; level >= 0; level--) x = up[level].Forward(Tensor.Cat([enlarge[level].Forward(x), skips[level]], 1));
        return last.Forward(x);
    }

    /// <summary>The innermost map, averaged over places: [B, C, H, W] → [B, D].</summary>
    public Tensor Describe(Tensor x) => Down(x)[^1].Mean([2, 3]);

    private List<Tensor> Down(Tensor x)
    {
        var skips = new List<Tensor> { down[0].Forward(x) };
        for (var level = 1; level < Levels; level++) skips.Add(down[level].Forward(pool.Forward(skips[^1])));
        return skips;
    }

    private static Sequential Double(long inputs, long outputs) => new(
        new Conv2d(inputs, outputs, 3, padding: 1, bias: false), new BatchNorm2d(outputs), new ReLU(),
        new Conv2d(outputs, outputs, 3, padding: 1, bias: false), new BatchNorm2d(outputs), new ReLU());
}
