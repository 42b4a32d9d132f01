using Understudy.Torch;
using Understudy.Torch.Tracking;
using Understudy.Training.Private.Rules;
using Understudy.Training.Private.Sources;

namespace Understudy.Training.Private;

/// <summary>A layer met by a tracker, of whose parameters at least one is tracked.</summary>
/// <param name="Layer">What it computes.</param>
/// <param name="Rule">How its gradients are taken per sample.</param>
/// <param name="X">Its input.</param>
/// <param name="Weight">Its weight as it came, or null.</param>
/// <param name="Bias">Its bias as it came, or null.</param>
/// <param name="WeightSource">Where the weight comes from; null if it is not tracked.</param>
/// <param name="BiasSource">Where the bias comes from; null if it is not tracked.</param>
internal sealed record TrackedLayer(
    ParametricLayer Layer, LayerRule Rule, Tensor X, Tensor? Weight, Tensor? Bias, ParameterSource? WeightSource, ParameterSource? BiasSource);
