namespace Understudy.Torch.Modules;

/// <summary>e^x over its sum along a dimension.</summary>
/// <param name="dimension">Along which the results sum to 1.</param>
public sealed class Softmax(long dimension = -1) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Functional.Softmax(x, dimension);
}
