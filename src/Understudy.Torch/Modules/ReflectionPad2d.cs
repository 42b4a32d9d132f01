namespace Understudy.Torch.Modules;

/// <summary>[B, C, H, W] enlarged on all four sides by its own mirror image, without the edge.</summary>
/// <param name="padding">Rows and columns added on each side.</param>
public sealed class ReflectionPad2d(long padding) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Pad([padding, padding, padding, padding], "reflect");
}
