namespace Understudy.Torch;

/// <content>Affine maps, normalisation and dropout.</content>
public static partial class Functional
{
    private static readonly Operator LinearOp = new("aten::linear");
    private static readonly Operator BatchNormOp = new("aten::batch_norm");
    private static readonly Operator DropoutOp = new("aten::dropout");

    /// <summary>x Wᵀ + b over the last dimension.</summary>
    /// <param name="x">[…, inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <returns>[…, outputs].</returns>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias) => LinearOp.Call(x, weight, bias);

    /// <summary>Batch normalisation over all dimensions but 1.</summary>
    /// <param name="x">[B, C, …].</param>
    /// <param name="runningMean">[C]; moved in training, used in evaluation; null for none.</param>
    /// <param name="runningVar">[C]; likewise.</param>
    /// <param name="weight">γ [C], or null for 1.</param>
    /// <param name="bias">β [C], or null for 0.</param>
    /// <param name="training">Whether to use the batch's statistics and move the running ones.</param>
    /// <param name="momentum">Weight of this batch in the running statistics.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Tensor BatchNorm(Tensor x, Tensor? runningMean, Tensor? runningVar, Tensor? weight, Tensor? bias, bool training, double momentum = 0.1, double epsilon = 1e-5) =>
        BatchNormOp.Call(x, weight, bias, runningMean, runningVar, training, momentum, epsilon, true);

    /// <summary>In training, sets elements to 0 with a probability and scales the others by 1/(1 - probability); else x.</summary>
    public static Tensor Dropout(Tensor x, double probability, bool training) => DropoutOp.Call(x, probability, training);
}
