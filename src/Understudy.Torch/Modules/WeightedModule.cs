using Understudy.Torch.Initialization;

namespace Understudy.Torch.Modules;

/// <summary>A layer that is linear in one weight, so that the weight can be normalised from outside.</summary>
public abstract class WeightedModule : Module
{
    private protected WeightedModule(long[] weightShape, long outputs, bool bias)
    {
        Weight = AddParameter("weight", Tensor.Empty(weightShape));
        if (bias) Bias = AddParameter("bias", Tensor.Empty([outputs]));
        Initializers.PyTorchDefault(Weight, Bias);
    }

    /// <summary>The weight; its shape is the layer's to say.</summary>
    public Tensor Weight { get; }

    /// <summary>The bias, one number an output channel; null if there is none.</summary>
    public Tensor? Bias { get; }

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor x) => Forward(x, Weight);

    /// <summary>Computes the output with another weight of the same shape in the weight's place.</summary>
    public abstract Tensor Forward(Tensor x, Tensor weight);
}
