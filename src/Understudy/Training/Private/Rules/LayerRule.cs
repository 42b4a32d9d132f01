using Understudy.Torch;
using Understudy.Torch.Tracking;

namespace Understudy.Training.Private.Rules;

/// <summary>How one kind of layer's gradients are taken sample by sample. The first dimension of inputs and outputs is the sample.</summary>
internal abstract class LayerRule
{
    /// <summary>Gradient of each sample with respect to the weight, [B, weight…].</summary>
    /// <param name="use">The pass through the layer.</param>
    /// <param name="gradient">With respect to its output, [B, …].</param>
    public abstract Tensor WeightGradients(LayerUse use, Tensor gradient);

    /// <summary>Gradient of each sample with respect to the bias, [B, bias…].</summary>
    /// <param name="use">The pass through the layer.</param>
    /// <param name="gradient">With respect to its output, [B, …].</param>
    public abstract Tensor BiasGradients(LayerUse use, Tensor gradient);

    /// <summary>The layer's output, and what of its making the way back needs beside input and gradient; differentiable.</summary>
    /// <param name="layer">What to compute.</param>
    /// <param name="x">[B, …].</param>
    /// <param name="weight">The weight, or null.</param>
    /// <param name="bias">The bias, or null.</param>
    public virtual (Tensor Output, Tensor[] Kept) Forward(ParametricLayer layer, Tensor x, Tensor? weight, Tensor? bias) => (layer.Apply(x, weight, bias), []);

    /// <summary>The output where each sample has its own weight and bias; differentiable twice.</summary>
    /// <param name="layer">What to compute.</param>
    /// <param name="x">[B, …].</param>
    /// <param name="weights">[B, weight…], or null.</param>
    /// <param name="biases">[B, bias…], or null.</param>
    public abstract Tensor Expand(ParametricLayer layer, Tensor x, Tensor? weights, Tensor? biases);
}
