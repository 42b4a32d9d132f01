using Understudy.Torch;

namespace Understudy.Training.Private.Rules;

/// <summary>Normalisations of [B, C, …] with a γ and a β for each channel: of instances, of groups, or by fixed statistics.</summary>
internal class ChannelNormRule : NormalizationRule
{
    protected override Tensor Shared(LayerUse use, Tensor x) => x.Reshape(x.Size(0), x.Size(1), -1).Sum([2]);

    protected override Tensor Broadcast(Tensor perSample, Tensor x) => Spatial.OverPlaces(perSample, x);
}
