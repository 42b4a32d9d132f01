using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>A U-Net: an encoder that halves the size, a decoder that doubles it, and skips between the levels of one size.</summary>
/// <remarks>
/// Ronneberger, Fischer, Brox, MICCAI 2015, 1505.04597, in pix2pix's form (Isola et al., CVPR 2017, 1611.07004): strided convolutions instead of
/// pooling, and dropout as the only noise. With e_k the output of encoder level k: d_n = e_n, d_(k-1) = up(d_k) ⊕ e_(k-1), ⊕ along channels.
/// </remarks>
public sealed class UNet : Module
{
    private const int NoisyLevels = 3;
    private const double Slope = 0.2;
    private const int MostChannels = 8;

    private readonly Module[] down;
    private readonly Module[] up;
    private readonly Conv2d last;

    /// <summary>Builds one: [B, inputs, H, W] → [B, outputs, H, W], without a last activation.</summary>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="width">f: channels at full size; doubled a level, up to 8f.</param>
    /// <param name="depth">How often the size is halved; 2^depth divides H and W.</param>
    /// <param name="dropout">Probability of dropout after the first three levels of the decoder; 0 for none.</param>
    /// <param name="normalization">Makes the normalisation of so many channels; batch norm where null. That mixes records, so a private network takes another.</param>
    public UNet(long inputs, long outputs, int width, int depth, double dropout = 0, Func<long, Module>? normalization = null)
    {
        normalization ??= channels => new BatchNorm2d(channels);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        down = new Module[depth + 1];
        up = new Module[depth];
        down[0] = AddModule("down0", new Sequential(new Conv2d(inputs, width, 3, padding: 1), new LeakyReLU(Slope))); // [B, f, H, W]
        for (var k = 1; k <= depth; k++)
        {
            down[k] = AddModule($"down{k}", new Sequential(
                new Conv2d(Channels(width, k - 1), Channels(width, k), 4, stride: 2, padding: 1, bias: false),
                normalization(Channels(width, k)),
                new LeakyReLU(Slope))); // [B, c_(k-1), h, w] → [B, c_k, h/2, w/2]
        }
        for (var k = depth; k >= 1; k--)
        {
            var joined = k == depth ? Channels(width, k) : 2 * Channels(width, k);
            var layers = new List<Module>
            {
                new ConvTranspose2d(joined, Channels(width, k - 1), 4, stride: 2, padding: 1, bias: false),
                normalization(Channels(width, k - 1)),
            };
            if (dropout > 0 && depth - k < NoisyLevels) layers.Add(new Dropout(dropout));
            layers.Add(new ReLU());
            up[k - 1] = AddModule($"up{k}", new Sequential([.. layers])); // [B, 2c_k, h, w] → [B, c_(k-1), 2h, 2w]
        }
        last = AddModule("last", new Conv2d(2 * width, outputs, 3, padding: 1));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var levels = new Tensor[down.Length];
        for (var k = 0; k < down.Length; k++) levels[k] = x = down[k].Forward(x);
        for (var k = up.Length - 1; k >= 0; k--) x = Tensor.Cat([up[k].Forward(x), levels[k]], 1);
        return last.Forward(x);
    }

    private static long Channels(int width, int level) => (long)width * Math.Min(MostChannels, 1 << level);
}
