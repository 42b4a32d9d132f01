using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>PatchGAN: a convolutional discriminator that judges every patch of an image by itself.</summary>
/// <remarks>
/// Isola et al., CVPR 2017, 1611.07004, section 3.2.2. Its receptive field is 16, 34 or 70 pixels with one, two or three strided layers.
/// </remarks>
public static class PatchDiscriminator
{
    private const double Slope = 0.2;
    private const int MostChannels = 8;

    /// <summary>Builds one: [B, inputs, H, W] → [B, 1, h, w] logits, one a patch.</summary>
    /// <param name="inputs">Channels of the image, and of what it is judged beside.</param>
    /// <param name="width">f: channels of the first layer.</param>
    /// <param name="stridedLayers">Layers that halve the size, at least 1.</param>
    /// <param name="normalized">Whether a norm follows the convolutions but the first. Batch norm mixes records, so a private discriminator goes without.</param>
    /// <param name="normalization">Makes that norm, for so many channels; batch norm if null.</param>
    public static Sequential Build(long inputs, int width, int stridedLayers, bool normalized = true, Func<long, Module>? normalization = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stridedLayers, 1);
        var layers = new List<Module>();
        long channels = inputs;
        for (var i = 0; i <= stridedLayers; i++)
        {
            var next = (long)width * Math.Min(MostChannels, 1 << i);
            layers.Add(new Conv2d(channels, next, 4, stride: i < stridedLayers ? 2 : 1, padding: 1, bias: i == 0 || !normalized));
            if (i > 0 && normalized) layers.Add(normalization?.Invoke(next) ?? new BatchNorm2d(next));
            layers.Add(new LeakyReLU(Slope));
            channels = next;
        }
        layers.Add(new Conv2d(channels, 1, 4, padding: 1));
        return new Sequential([.. layers]);
    }

    /// <summary>Strided layers for images of that height: a patch is about half the image.</summary>
    public static int LayersFor(int height) => height switch
    {
        < 64 => 1,
        < 128 => 2,
        _ => 3,
    };
}
