namespace Understudy.Torch.Modules;

/// <summary>1/(1 + e^-x), elementwise.</summary>
public sealed class Sigmoid : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Sigmoid();
}
