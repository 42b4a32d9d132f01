using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Networks;

/// <summary>x + f(x), where f is two 3×3 convolutions: [B, C, H, W] to the same.</summary>
/// <remarks>He et al., CVPR 2016, 1512.03385, without an activation after the sum.</remarks>
public sealed class ResidualBlock : Module
{
    private readonly Module inner;

    /// <summary>Builds one.</summary>
    /// <param name="channels">C.</param>
    /// <param name="normalization">Makes the layer after each convolution.</param>
    /// <param name="reflects">Whether borders are mirrored (CycleGAN) instead of zero.</param>
    public ResidualBlock(long channels, Func<long, Module> normalization, bool reflects = false)
    {
        inner = AddModule("inner", new Sequential([.. Half(), new ReLU(), .. Half()]));

        Module[] Half() => reflects
            ? [new ReflectionPad2d(1), new Conv2d(channels, channels, 3), normalization(channels)]
            : [new Conv2d(channels, channels, 3, padding: 1), normalization(channels)];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x + inner.Forward(x);
}
