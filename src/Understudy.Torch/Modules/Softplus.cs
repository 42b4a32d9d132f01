namespace Understudy.Torch.Modules;

/// <summary>ln(1 + e^x), elementwise.</summary>
public sealed class Softplus : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.Softplus(x);
}
