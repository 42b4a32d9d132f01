namespace Understudy.Torch;

/// <content>Losses.</content>
public static partial class Functional
{
    private static readonly Operator MseOp = new("aten::mse_loss");
    private static readonly Operator L1Op = new("aten::l1_loss");
    private static readonly Operator SmoothL1Op = new("aten::smooth_l1_loss");
    private static readonly Operator BinaryCrossEntropyWithLogitsOp = new("aten::binary_cross_entropy_with_logits");
    private static readonly Operator CrossEntropyOp = new("aten::cross_entropy_loss");
    private static readonly Operator NllOp = new("aten::nll_loss_nd");
    private static readonly Operator KlDivOp = new("aten::kl_div");
    private static readonly Operator FullLikeOp = new("aten::full_like");

    /// <summary>(x - target)².</summary>
    public static Tensor MeanSquaredError(Tensor x, Tensor target, Reduction reduction = Reduction.Mean) => MseOp.Call(x, target, (long)reduction);

    /// <summary>|x - target|.</summary>
    public static Tensor L1(Tensor x, Tensor target, Reduction reduction = Reduction.Mean) => L1Op.Call(x, target, (long)reduction);

    /// <summary>(x - target)²/(2 beta) where |x - target| &lt; beta, |x - target| - beta/2 elsewhere.</summary>
    public static Tensor SmoothL1(Tensor x, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1) => SmoothL1Op.Call(x, target, (long)reduction, beta);

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
    /// <param name="logits">x, [B, K] or [B, K, …].</param>
    /// <param name="labels">[B] or [B, …], Int64.</param>
    /// <param name="reduction">Over the labels.</param>
    /// <param name="labelSmoothing">Part of the target that is spread over all classes, in [0, 1).</param>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels, Reduction reduction = Reduction.Mean, double labelSmoothing = 0)
    {
        const long noIgnoredLabel = -100;
        return CrossEntropyOp.Call(logits, labels, Value.None, (long)reduction, noIgnoredLabel, labelSmoothing);
    }

    /// <summary>-x[label], for log-probabilities x: [B, K] or [B, K, …].</summary>
    public static Tensor NegativeLogLikelihood(Tensor logProbabilities, Tensor labels, Reduction reduction = Reduction.Mean) =>
        NllOp.Call(logProbabilities, labels, Value.None, (long)reduction);

    /// <summary>KL(p ‖ q) = Σ p (ln p - ln q), summed over all but the first dimension and averaged over that.</summary>
    /// <param name="logQ">ln q, [B, …].</param>
    /// <param name="p">p, of the same shape.</param>
    public static Tensor KlDivergence(Tensor logQ, Tensor p) => KlDivOp.Call(logQ, p, (long)Reduction.Sum) / logQ.Size(0);

    /// <summary>-ln N(target; mean, variance) without its constant: ½ (ln v + (target - mean)²/v), v the variance but at least 1e-6.</summary>
    public static Tensor GaussianNegativeLogLikelihood(Tensor mean, Tensor target, Tensor variance, Reduction reduction = Reduction.Mean)
    {
        const double floor = 1e-6;
        var v = variance.Clamp(min: floor);
        var loss = 0.5 * (v.Log() + ((target - mean).Square() / v));
        return reduction switch
        {
            Reduction.Mean => loss.Mean(),
            Reduction.Sum => loss.Sum(),
            _ => loss,
        };
    }
}
