using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>SRGAN's generator: residual blocks at the low resolution, then pixel shuffles, each of which doubles the size.</summary>
/// <remarks>Ledig et al., CVPR 2017, 1609.04802, figure 4, with fewer blocks and leaky ReLUs for the parametric ones.</remarks>
public sealed class SuperResolver : Module
{
    private const double Slope = 0.2;

    private readonly Module first;
    private readonly Module blocks;
    private readonly Module rest;

    /// <summary>Builds one: [B, C, h, w] → [B, C, 2^doublings · h, 2^doublings · w] in [-1, 1].</summary>
    /// <param name="channels">C.</param>
    /// <param name="width">f: channels of the hidden layers.</param>
    /// <param name="blocks">Residual blocks; 16 in the paper.</param>
    /// <param name="doublings">Pixel shuffles.</param>
    public SuperResolver(long channels, int width, int blocks, int doublings)
    {
        first = AddModule("first", new Sequential(new Conv2d(channels, width, 5, padding: 2), new LeakyReLU(Slope)));
        this.blocks = AddModule("blocks", new Sequential([
            .. Enumerable.Range(0, blocks).Select(_ => new ResidualBlock(width, c => new BatchNorm2d(c))),
            new Conv2d(width, width, 3, padding: 1), new BatchNorm2d(width),
        ]));
        var layers = new List<Module>();
        for (var i = 0; i < doublings; i++) layers.AddRange([new Conv2d(width, 4L * width, 3, padding: 1), new PixelShuffle(2), new LeakyReLU(Slope)]);
        layers.AddRange([new Conv2d(width, channels, 5, padding: 2), new Tanh()]);
        rest = AddModule("rest", new Sequential([.. layers]));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var features = first.Forward(x); // [B, f, h, w]
        return rest.Forward(features + blocks.Forward(features));
    }
}
