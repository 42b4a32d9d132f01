using Understudy.Torch;
using Understudy.Torch.Tracking;

namespace Understudy.Training.Private.Rules;

/// <summary>Layer normalisation, whose γ and β are shaped as the last dimensions.</summary>
internal sealed class LayerNormRule : NormalizationRule
{
    protected override Tensor Shared(LayerUse use, Tensor x)
    {
        var shape = ((LayerNormLayer)use.Layer).Shape;
        return x.Reshape([x.Size(0), -1, .. shape]).Sum([1]);
    }

    protected override Tensor Broadcast(Tensor perSample, Tensor x)
    {
        var (shape, parameter) = (x.Shape, perSample.Shape);
        for (var i = 1; i <= shape.Length - parameter.Length; i++) shape[i] = 1;
        return perSample.Reshape(shape);
    }
}
