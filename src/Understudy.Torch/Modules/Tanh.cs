namespace Understudy.Torch.Modules;

/// <summary>tanh x, elementwise.</summary>
public sealed class Tanh : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Tanh();
}
