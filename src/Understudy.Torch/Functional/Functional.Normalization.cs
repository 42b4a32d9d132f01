using Understudy.Torch.Tracking;

namespace Understudy.Torch;

/// <content>Normalisations: γ (x - μ)/√(σ² + ε) + β, which differ in what μ and σ² are taken over.</content>
public static partial class Functional
{
    private static readonly Operator BatchNormOp = new("aten::batch_norm");
    private static readonly Operator GroupNormOp = new("aten::group_norm");
    private static readonly Operator LayerNormOp = new("aten::layer_norm");
    private static readonly Operator InstanceNormOp = new("aten::instance_norm");

    /// <summary>Batch normalisation: over all dimensions but 1.</summary>
    /// <param name="x">[B, C, …].</param>
    /// <param name="runningMean">[C]; moved in training, used in evaluation; null for none.</param>
    /// <param name="runningVar">[C]; likewise.</param>
    /// <param name="weight">γ [C], or null for 1.</param>
    /// <param name="bias">β [C], or null for 0.</param>
    /// <param name="training">Whether to use the batch's statistics and move the running ones.</param>
    /// <param name="momentum">Weight of this batch in the running statistics.</param>
    /// <param name="epsilon">ε.</param>
    public static Tensor BatchNorm(Tensor x, Tensor? runningMean, Tensor? runningVar, Tensor? weight, Tensor? bias, bool training, double momentum = 0.1, double epsilon = 1e-5) =>
        ParameterTracker.Current?.Apply(new BatchNormLayer(runningMean, runningVar, training, momentum, epsilon), x, weight, bias)
        ?? BatchNormOp.Call(x, weight, bias, runningMean, runningVar, training, momentum, epsilon, true);

    /// <summary>Group normalisation: of each sample over each of the groups of channels.</summary>
    /// <param name="x">[B, C, …].</param>
    /// <param name="groups">Number of groups; divides C.</param>
    /// <param name="weight">γ [C], or null for 1.</param>
    /// <param name="bias">β [C], or null for 0.</param>
    /// <param name="epsilon">ε.</param>
    public static Tensor GroupNorm(Tensor x, long groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        ParameterTracker.Current?.Apply(new GroupNormLayer(groups, epsilon), x, weight, bias) ?? GroupNormOp.Call(x, groups, weight, bias, epsilon, true);

    /// <summary>Layer normalisation: over the last dimensions.</summary>
    /// <param name="x">[…, shape].</param>
    /// <param name="shape">Lengths of the dimensions normalised over.</param>
    /// <param name="weight">γ [shape], or null for 1.</param>
    /// <param name="bias">β [shape], or null for 0.</param>
    /// <param name="epsilon">ε.</param>
    public static Tensor LayerNorm(Tensor x, long[] shape, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        ParameterTracker.Current?.Apply(new LayerNormLayer(shape, epsilon), x, weight, bias) ?? LayerNormOp.Call(x, shape, weight, bias, epsilon, true);

    /// <summary>Instance normalisation: of each channel of each sample.</summary>
    /// <param name="x">[B, C, …].</param>
    /// <param name="weight">γ [C], or null for 1.</param>
    /// <param name="bias">β [C], or null for 0.</param>
    /// <param name="epsilon">ε.</param>
    public static Tensor InstanceNorm(Tensor x, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
    {
        const double unusedMomentum = 0;
        return ParameterTracker.Current?.Apply(new InstanceNormLayer(epsilon), x, weight, bias)
            ?? InstanceNormOp.Call(x, weight, bias, Value.None, Value.None, true, unusedMomentum, epsilon, true);
    }

    /// <summary>A weight divided by its largest singular value, σ = uᵀ W v (Miyato et al. 2018, equation 8).</summary>
    /// <param name="weight">W; as a matrix, its first dimension by the rest.</param>
    /// <param name="left">u, of length 1, a constant.</param>
    /// <param name="right">v, of length 1, a constant.</param>
    /// <param name="transposed">Whether the rows of the matrix are the weight's second dimension.</param>
    public static Tensor SpectralNormalize(Tensor weight, Tensor left, Tensor right, bool transposed = false)
    {
        var sigma = left.Dot(WeightMatrix(weight, transposed).MatMul(right));
        var normalized = weight / sigma;
        ParameterTracker.Current?.Normalized(weight, new SpectralNormalization(left, right, sigma, transposed), normalized);
        return normalized;
    }

    /// <summary>A weight as a matrix: one dimension by all the others.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="transposed">Whether its second dimension becomes the rows, as of a transposed convolution; else its first.</param>
    internal static Tensor WeightMatrix(Tensor weight, bool transposed = false) => (transposed ? weight.Transpose(0, 1) : weight).Flatten(1);
}
