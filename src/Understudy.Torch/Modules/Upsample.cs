namespace Understudy.Torch.Modules;

/// <summary>Enlarges [B, C, H, W] or [B, C, D, H, W].</summary>
/// <param name="scale">By which every spatial length is multiplied.</param>
/// <param name="mode">Nearest or (bi-, tri-) linear.</param>
public sealed class Upsample(double scale = 2, UpsampleMode mode = UpsampleMode.Nearest) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => mode == UpsampleMode.Nearest ? Functional.UpsampleNearest(x, scale) : Functional.UpsampleLinear(x, scale);
}
