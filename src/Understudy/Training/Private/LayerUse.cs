using Understudy.Torch;
using Understudy.Torch.Tracking;
using Understudy.Training.Private.Rules;
using Understudy.Training.Private.Sources;

namespace Understudy.Training.Private;

/// <summary>One pass through a layer, recorded for the way back.</summary>
/// <param name="Layer">What it computes.</param>
/// <param name="Rule">How its gradients are taken per sample.</param>
/// <param name="Input">What went in, without history: [B, …].</param>
/// <param name="Weight">Where the weight comes from; null if no gradient of it is wanted.</param>
/// <param name="Bias">Where the bias comes from; null if no gradient of it is wanted.</param>
/// <param name="OutputShape">Shape of what came out: [B, …].</param>
/// <param name="Kept">What the rule kept of the way forward.</param>
internal sealed record LayerUse(ParametricLayer Layer, LayerRule Rule, Tensor Input, ParameterSource? Weight, ParameterSource? Bias, long[] OutputShape, Tensor[] Kept)
{
    /// <summary>Records of the batch.</summary>
    public long Batch => OutputShape[0];

    /// <summary>The weight as the layer used it.</summary>
    public long[] WeightShape => Weight!.Value.Shape;
}
