using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Classification;

/// <summary>A classifying network whose last layer reads a feature vector.</summary>
public abstract class FeatureNetwork : Module
{
    /// <summary>D: length of the feature vector.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>[B, D] → logits [B, K].</summary>
    protected abstract Module Head { get; }

    /// <summary>[B, C, H, W] → features [B, D].</summary>
    public abstract Tensor Features(Tensor x);

    /// <summary>[B, C, H, W] → logits [B, K].</summary>
    public sealed override Tensor Forward(Tensor x) => Head.Forward(Features(x));

    /// <summary>The last layer. Dropout goes before it where there is batch norm: noise keeps a private network from overfitting.</summary>
    private protected static Sequential HeadOf(int features, int classes, Normalization normalization, double dropProbability) =>
        normalization == Normalization.Batch
            ? new Sequential(new Dropout(dropProbability), new Linear(features, classes))
            : new Sequential(new Linear(features, classes));
}
