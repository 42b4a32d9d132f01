namespace Understudy.Torch.Modules;

/// <summary>y = x Wᵀ + b over the last dimension: […, inputs] to [..., outputs]. The weight is [outputs, inputs].</summary>
/// <param name="inputs">Length of the last dimension of the input.</param>
/// <param name="outputs">Length of the last dimension of the output.</param>
/// <param name="bias">Whether to add b.</param>
public sealed class Linear(long inputs, long outputs, bool bias = true) : WeightedModule([outputs, inputs], outputs, bias)
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, Tensor weight) => Functional.Linear(x, weight, Bias);
}
