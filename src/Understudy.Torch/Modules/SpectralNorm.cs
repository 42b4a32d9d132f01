namespace Understudy.Torch.Modules;

/// <summary>A layer whose weight is divided by its largest singular value, σ = uᵀ W v (Miyato et al. 2018, algorithm 1).</summary>
/// <remarks>
/// In training each forward pass does one power iteration, v ← Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖; in evaluation u and v stay. State is named as
/// PyTorch's <c>spectral_norm</c> names it: bias, weight_orig, weight_u, weight_v.
/// </remarks>
public sealed class SpectralNorm : Module
{
    private const double Epsilon = 1e-12;

    private readonly Tensor left;
    private readonly Tensor right;

    /// <summary>Wraps a layer, whose parameters become this module's.</summary>
    public SpectralNorm(WeightedModule layer)
    {
        Layer = layer;
        if (layer.Bias is not null) AddParameter("bias", layer.Bias);
        AddParameter("weight_orig", layer.Weight);
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        var matrix = Functional.WeightMatrix(layer.Weight, IsTransposed);
        left = AddBuffer("weight_u", Unit(Tensor.RandN([matrix.Size(0)])));
        right = AddBuffer("weight_v", Unit(Tensor.RandN([matrix.Size(1)])));
    }

    /// <summary>The layer within; its weight is the one before division.</summary>
    public WeightedModule Layer { get; }

    private bool IsTransposed => Layer is TransposedConvolution;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        if (IsTraining) Iterate();
        // Copies, because a later forward pass before this one's backward pass would change u and v.
        var (u, v) = IsTraining ? (left.Clone(), right.Clone()) : (left, right);
        return Layer.Forward(x, Functional.SpectralNormalize(Layer.Weight, u, v, IsTransposed));
    }

    private void Iterate()
    {
        using var noGrad = Autograd.NoGrad();
        var matrix = Functional.WeightMatrix(Layer.Weight, IsTransposed); // [outputs, rest]
        right.CopyFrom(Unit(matrix.Transpose(0, 1).MatMul(left)));
        left.CopyFrom(Unit(matrix.MatMul(right)));
    }

    private static Tensor Unit(Tensor vector) => vector / vector.Norm([0], keepDim: true).Clamp(min: Epsilon);
}
