using Understudy.Data;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>DC-3D-32: the generator and the discriminator of volumes, whose batches hold slices as channels, [B, D, H, W].</summary>
/// <remarks>
/// The layers of Wu, Zhang, Xue, Freeman, Tenenbaum, "Learning a Probabilistic Latent Space of Object Shapes via 3D Generative-Adversarial Modeling", NIPS 2016, 1610.07584, for 32³ in place of
/// 64³. Smaller volumes lie in the middle of 32³: the generator's is cut out of it, and the discriminator's is surrounded by empty space.
/// </remarks>
public static class VolumeNetworks
{
    private const int Side = 32;
    private const int FirstSide = 4;
    private const int Doublings = 3;
    private const double Slope = 0.2;

    /// <summary>Numbers that the discriminator's last layer sees of a volume.</summary>
    public static long FeatureCount(int width) => ((long)width << (Doublings - 1)) * FirstSide * FirstSide * FirstSide;

    /// <summary>Builds a generator: [B, inputs] → [B, D, H, W] in [-1, 1].</summary>
    /// <param name="inputs">Latent size.</param>
    /// <param name="shape">A volume with sides of 17 to 32.</param>
    /// <param name="width">f: channels of the last hidden layer.</param>
    /// <exception cref="InputException">It is no such volume.</exception>
    public static Sequential Generator(long inputs, ImageShape shape, int width)
    {
        var margins = Margins(shape);
        var channels = (long)width << (Doublings - 1);
        var layers = new List<Module> { new Linear(inputs, FeatureCount(width), bias: false), new BatchNorm1d(FeatureCount(width)), new ReLU(), new Reshape(channels, FirstSide, FirstSide, FirstSide) };
        for (var i = 1; i < Doublings; i++, channels /= 2)
            layers.AddRange([new ConvTranspose3d(channels, channels / 2, 4, stride: 2, padding: 1, bias: false), new BatchNorm3d(channels / 2), new ReLU()]); // [B, C, d, h, w] → [B, C/2, 2d, 2h, 2w]
        layers.AddRange([new ConvTranspose3d(channels, 1, 4, stride: 2, padding: 1), new Tanh(), new Reshape(Side, Side, Side), new Margin([.. margins.Select(margin => -margin)])]);
        return new Sequential([.. layers]);
    }

    /// <summary>A discriminator's layers before its last: [B, D, H, W] → [B, <see cref="FeatureCount"/>].</summary>
    /// <param name="shape">A volume with sides of 17 to 32.</param>
    /// <param name="width">f: channels of the first layer.</param>
    /// <param name="normalized">Whether batch norm follows the convolutions but the first.</param>
    /// <param name="layer">What becomes of each convolution.</param>
    /// <exception cref="InputException">It is no such volume.</exception>
    public static IReadOnlyList<Module> DiscriminatorLayers(ImageShape shape, int width, bool normalized, Func<WeightedModule, Module> layer)
    {
        var layers = new List<Module> { new Margin(Margins(shape)), new Reshape(1, Side, Side, Side) };
        long input = 1, output = width;
        for (var i = 0; i < Doublings; i++, input = output, output *= 2)
        {
            layers.Add(layer(new Conv3d(input, output, 4, stride: 2, padding: 1, bias: i == 0 || !normalized))); // [B, C, d, h, w] → [B, D, d/2, h/2, w/2]
            if (i > 0 && normalized) layers.Add(new BatchNorm3d(output));
            layers.Add(new LeakyReLU(Slope));
        }
        layers.Add(new Flatten());
        return layers;
    }

    /// <summary>What 32³ has on either side of a volume, the last axis first.</summary>
    private static long[] Margins(ImageShape shape)
    {
        int[] sides = [shape.Width, shape.Height, shape.Channels];
        if (!shape.IsVolume || sides.Any(side => side is <= Side / 2 or > Side))
            throw new InputException($"{(shape.IsVolume ? "volumes" : "images")} are {shape}; the networks of volumes take volumes with sides of {Side / 2 + 1} to {Side}: give volumes, and set data.size where they are larger");
        return [.. sides.SelectMany(side => new long[] { (Side - side) / 2, Side - side - ((Side - side) / 2) })];
    }
}
