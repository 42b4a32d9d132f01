using Understudy.Torch;
using Understudy.Torch.Tracking;

namespace Understudy.Training.Private.Rules;

/// <summary>y = γ x̂ + β with x̂ the normalised input: G_γ = Σ g x̂ and G_β = Σ g over what shares an element of γ and β.</summary>
internal abstract class NormalizationRule : LayerRule
{
    public override Tensor WeightGradients(LayerUse use, Tensor gradient) => Parts.Join(
        use.Batch,
        2 * Spatial.Product(use.OutputShape[1..]),
        (start, samples) => Shared(use, gradient.Narrow(0, start, samples) * use.Layer.Apply(use.Input.Narrow(0, start, samples), null, null)));

    public override Tensor BiasGradients(LayerUse use, Tensor gradient) => Shared(use, gradient);

    public override Tensor Expand(ParametricLayer layer, Tensor x, Tensor? weights, Tensor? biases)
    {
        var y = layer.Apply(x, null, null);
        if (weights is not null) y *= Broadcast(weights, x);
        return biases is null ? y : y + Broadcast(biases, x);
    }

    /// <summary>The sums over what shares an element of the parameter: [B, …] to [B, parameter…].</summary>
    protected abstract Tensor Shared(LayerUse use, Tensor x);

    /// <summary>Parameters [B, parameter…] so that they broadcast over inputs [B, …].</summary>
    protected abstract Tensor Broadcast(Tensor perSample, Tensor x);
}
