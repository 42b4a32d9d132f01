namespace Understudy.Torch.Modules;

/// <summary>All dimensions but the first made one: [B, …] to [B, product].</summary>
public sealed class Flatten : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Flatten(1);
}
