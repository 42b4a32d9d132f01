namespace Understudy.Torch.Modules;

/// <summary>x/(1 + e^-x), elementwise.</summary>
public sealed class SiLU : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.Silu(x);
}
