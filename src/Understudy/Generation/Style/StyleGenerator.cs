using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Style;

/// <summary>A generator in two parts: a mapping network z → w, and a synthesis network that starts from a learnt constant and takes w at every layer.</summary>
/// <remarks>
/// Karras, Laine, Aila, "A style-based generator architecture for generative adversarial networks", CVPR 2019, 1812.04948, without its noise inputs,
/// so that an image is a function of w alone. Between layers: AdaIN(x, w) = (1 + s(w)) (x − μ(x))/σ(x) + b(w), by channel (equation 1).
/// </remarks>
public sealed class StyleGenerator : Module
{
    private const double Slope = 0.2;
    private const double Epsilon = 1e-8;

    private readonly Sequential mapping;
    private readonly Tensor constant; // [1, C, h, w]
    private readonly List<(Module? Layer, Linear Style)> blocks = [];
    private readonly Conv2d toImage;

    /// <summary>Builds one for 28×28, 32×32 or 64×64 images.</summary>
    /// <param name="inputs">Latent size, and the number of classes if they are told apart.</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="width">f: channels of the last layer before the image.</param>
    /// <param name="styleSize">Entries of w.</param>
    /// <param name="mappingLayers">Layers of the mapping network.</param>
    /// <exception cref="InputException">No network is defined for that size.</exception>
    public StyleGenerator(int inputs, ImageShape shape, int width, int styleSize, int mappingLayers)
    {
        var doublings = Backbone.Doublings(shape);
        var side = shape.Height >> doublings;
        var channels = (long)width << doublings;
        StyleSize = styleSize;
        mapping = AddModule("mapping", new Sequential(
            [.. Enumerable.Range(0, mappingLayers).SelectMany(i => new Module[] { new Linear(i == 0 ? inputs : styleSize, styleSize), new LeakyReLU(Slope) })]));
        constant = AddParameter("constant", Tensor.RandN([1, channels, side, side]));
        blocks.Add((null, AddModule("style0", new Linear(styleSize, 2 * channels))));
        for (var i = 1; i <= doublings; i++, channels /= 2)
        {
            var layer = AddModule($"layer{i}", new ConvTranspose2d(channels, channels / 2, 4, stride: 2, padding: 1)); // [B, C, h, w] → [B, C/2, 2h, 2w]
            blocks.Add((layer, AddModule($"style{i}", new Linear(styleSize, channels))));
        }
        toImage = AddModule("toImage", new Conv2d(channels, shape.Channels, 3, padding: 1));
    }

    /// <summary>Entries of w.</summary>
    public int StyleSize { get; }

    /// <summary>[B, nz + K] → [B, C, H, W] in [-1, 1].</summary>
    public override Tensor Forward(Tensor x) => Synthesize(Map(x));

    /// <summary>z, and the class as one-hot numbers if there is one, to w: [B, nz + K] → [B, dw]; the length of the input is first made √(nz + K).</summary>
    public Tensor Map(Tensor x) => mapping.Forward(x * (x.Square().Mean([1], keepDim: true) + Epsilon).Rsqrt());

    /// <summary>w to the image: [B, dw] → [B, C, H, W] in [-1, 1].</summary>
    public Tensor Synthesize(Tensor w)
    {
        // Zeros from w rather than a stated length, which a traced module would keep.
        var x = constant + (0 * w.Narrow(1, 0, 1).Reshape(-1, 1, 1, 1)); // [B, C, h, w]
        foreach (var (layer, style) in blocks)
        {
            if (layer is not null) x = F.LeakyRelu(layer.Forward(x), Slope);
            var parts = style.Forward(w).Chunk(2, 1); // s, b: [B, C]
            x = ((1 + parts[0].Unsqueeze(-1).Unsqueeze(-1)) * F.InstanceNorm(x)) + parts[1].Unsqueeze(-1).Unsqueeze(-1);
        }
        return toImage.Forward(x).Tanh();
    }
}
