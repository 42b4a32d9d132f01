namespace Understudy.Torch.Modules;

/// <summary>Channels spread over space: [B, C·r², H, W] to [B, C, r·H, r·W] (Shi et al. 2016).</summary>
/// <param name="factor">r.</param>
public sealed class PixelShuffle(long factor) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.PixelShuffle(x, factor);
}
