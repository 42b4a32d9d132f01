namespace Understudy.Torch;

/// <content>Losses.</content>
public static partial class Functional
{
    private static readonly Operator BinaryCrossEntropyWithLogitsOp = new("aten::binary_cross_entropy_with_logits");
    private static readonly Operator CrossEntropyOp = new("aten::cross_entropy_loss");
    private static readonly Operator FullLikeOp = new("aten::full_like");

    /// <summary>-t ln σ(x) - (1 - t) ln(1 - σ(x)), without overflow.</summary>
    /// <param name="logits">x, of any shape.</param>
    /// <param name="targets">t in [0, 1], of the same shape.</param>
    /// <param name="reduction">Over all elements.</param>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, Tensor targets, Reduction reduction = Reduction.Mean) =>
        BinaryCrossEntropyWithLogitsOp.Call(logits, targets, Value.None, Value.None, (long)reduction);

    /// <summary>The same with one target for all: 1 for real, 0 for generated, 0.9 for smoothed real.</summary>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, double target, Reduction reduction = Reduction.Mean) =>
        BinaryCrossEntropyWithLogits(logits, FullLikeOp.Call(logits, target), reduction);

    /// <summary>-ln softmax(x)[label].</summary>
    /// <param name="logits">[B, K] or [B, K, …].</param>
    /// <param name="labels">[B] or [B, …], Int64.</param>
    /// <param name="reduction">Over the labels.</param>
    /// <param name="labelSmoothing">Part of the target that is spread over all classes, in [0, 1).</param>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels, Reduction reduction = Reduction.Mean, double labelSmoothing = 0)
    {
        const long noIgnoredLabel = -100;
        return CrossEntropyOp.Call(logits, labels, Value.None, (long)reduction, noIgnoredLabel, labelSmoothing);
    }
}
