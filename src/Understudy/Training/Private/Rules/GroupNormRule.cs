using Understudy.Torch;
using Understudy.Torch.Tracking;

namespace Understudy.Training.Private.Rules;

/// <summary>Group normalisation. The way forward keeps each group's mean and deviation, so that the way back does not normalise again.</summary>
internal sealed class GroupNormRule : ChannelNormRule
{
    private static readonly Operator ForwardOp = new("aten::native_group_norm");
    private static readonly Operator BackwardOp = new("aten::native_group_norm_backward");
    private static readonly bool[] WeightGradientOnly = [false, true, false];

    public override (Tensor Output, Tensor[] Kept) Forward(ParametricLayer layer, Tensor x, Tensor? weight, Tensor? bias)
    {
        var (groups, epsilon) = (GroupNormLayer)layer;
        // Of no records there is nothing to keep.
        if (x.Count == 0) return base.Forward(layer, x, weight, bias);
        var results = ForwardOp.CallMany(
            x.Contiguous(), weight, bias, x.Size(0), x.Size(1), Spatial.Places(x.Shape), groups, epsilon);
        return (results[0], [results[1].Detach(), results[2].Detach()]); // mean and 1/deviation, [B, groups]
    }

    // All groups of all samples as groups of one sample, whose channels then are those of each sample.
    public override Tensor WeightGradients(LayerUse use, Tensor gradient)
    {
        var (mean, inverse) = (use.Kept[0], use.Kept[1]);
        var (samples, channels) = (use.Batch, use.OutputShape[1]);
        // libtorch wants a weight for the sake of its shape.
        var shape = Tensor.Empty([samples * channels], gradient.DType, gradient.Device);
        var results = BackwardOp.CallMany(
            gradient.Contiguous(), use.Input.Contiguous(), mean, inverse, shape,
            1, samples * channels, Spatial.Places(use.OutputShape), samples * mean.Size(1), WeightGradientOnly);
        return results[1].Reshape(samples, channels);
    }
}
