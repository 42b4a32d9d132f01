namespace Understudy.Torch.Modules;

/// <summary>The mean of windows of [B, C, H, W] chosen so that every spatial length of the output is the same.</summary>
/// <param name="size">That length.</param>
public sealed class AdaptiveAvgPool2d(long size = 1) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.AdaptiveAvgPool(x, size, size);
}
