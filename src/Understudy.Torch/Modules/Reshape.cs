namespace Understudy.Torch.Modules;

/// <summary>All dimensions but the first given another shape: [B, …] to [B, shape…].</summary>
/// <param name="shape">The shape of one sample.</param>
public sealed class Reshape(params long[] shape) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Reshape([-1, .. shape]);
}
