using Understudy.Data;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>The convolutional discriminator DC-28, DC-32, DC-64 or DC-128: strided convolutions that halve the size, then a linear layer.</summary>
/// <remarks>Radford, Metz, Chintala, ICLR 2016, 1511.06434.</remarks>
public static class DcDiscriminator
{
    private const double Slope = 0.2;

    /// <summary>Builds one: [B, C + conditionChannels, H, W] → [B, outputs] logits.</summary>
    /// <param name="shape">28×28, 32×32, 64×64 or 128×128.</param>
    /// <param name="width">f: channels of the first layer.</param>
    /// <param name="outputs">1 for real or fake; more for auxiliary heads.</param>
    /// <param name="conditionChannels">Channels joined to the image's.</param>
    /// <param name="normalized">Whether batch norm follows the convolutions but the first. It mixes records, so a private discriminator goes without.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public static Sequential Build(ImageShape shape, int width, long outputs = 1, int conditionChannels = 0, bool normalized = true) =>
        new([.. Layers(shape, width, conditionChannels, normalized, layer => layer), new Linear(FeatureCount(shape, width), outputs)]);

    /// <summary>A trunk whose last features each see the whole image: [B, C + conditionChannels, H, W] → [B, hidden], without normalisation.</summary>
    /// <param name="shape">28×28, 32×32, 64×64 or 128×128.</param>
    /// <param name="width">f: channels of the first layer.</param>
    /// <param name="hidden">Numbers in the linear layer after the convolutions.</param>
    /// <param name="conditionChannels">Channels joined to the image's.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public static Sequential Trunk(ImageShape shape, int width, int hidden, int conditionChannels = 0) =>
        new([.. Layers(shape, width, conditionChannels, normalized: false, layer => layer), new Linear(FeatureCount(shape, width), hidden), new LeakyReLU(Slope)]);

    /// <summary>The layers before the last: [B, C + conditionChannels, H, W] → [B, <see cref="FeatureCount"/>].</summary>
    /// <param name="shape">28×28, 32×32 or 64×64.</param>
    /// <param name="width">f: channels of the first layer.</param>
    /// <param name="conditionChannels">Channels joined to the image's.</param>
    /// <param name="normalized">Whether batch norm follows the convolutions but the first.</param>
    /// <param name="layer">What becomes of each convolution.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public static IReadOnlyList<Module> Layers(ImageShape shape, int width, int conditionChannels, bool normalized, Func<WeightedModule, Module> layer)
    {
        var halvings = Backbone.Doublings(shape);
        var layers = new List<Module>();
        long input = shape.Channels + conditionChannels, output = width;
        for (var i = 0; i < halvings; i++, input = output, output *= 2)
        {
            layers.Add(layer(new Conv2d(input, output, 4, stride: 2, padding: 1, bias: i == 0 || !normalized))); // [B, C, h, w] → [B, D, h/2, w/2]
            if (i > 0 && normalized) layers.Add(new BatchNorm2d(output));
            layers.Add(new LeakyReLU(Slope));
        }
        layers.Add(new Flatten());
        return layers;
    }

    /// <summary>Numbers that the last layer sees of an image.</summary>
    public static long FeatureCount(ImageShape shape, int width)
    {
        var halvings = Backbone.Doublings(shape);
        var side = shape.Height >> halvings;
        return ((long)width << (halvings - 1)) * side * side;
    }
}
