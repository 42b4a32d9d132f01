namespace Understudy.Torch.Modules;

/// <summary>x Φ(x) with Φ the standard normal distribution function, elementwise.</summary>
public sealed class GELU : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.Gelu(x);
}
