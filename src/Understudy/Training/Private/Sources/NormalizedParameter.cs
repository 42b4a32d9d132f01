using Understudy.Torch;
using Understudy.Torch.Tracking;

namespace Understudy.Training.Private.Sources;

/// <summary>A weight W̄ = W/σ with σ = uᵀ W v, where u and v are constants (Miyato et al. 2018, section 2.1).</summary>
/// <param name="Parameter">Index of the parameter.</param>
/// <param name="Value">W̄.</param>
/// <param name="Normalization">u, v and σ.</param>
internal sealed record NormalizedParameter(int Parameter, Tensor Value, SpectralNormalization Normalization) : ParameterSource(Parameter, Value)
{
    /// <summary>∂σ/∂W = u vᵀ, shaped as the weight.</summary>
    public Tensor SigmaGradient
    {
        get
        {
            var outer = Normalization.Left.Outer(Normalization.Right);
            var shape = Value.Shape;
            if (!Normalization.Transposed) return outer.Reshape(shape);
            (shape[0], shape[1]) = (shape[1], shape[0]);
            return outer.Reshape(shape).Transpose(0, 1);
        }
    }

    /// <summary>(G - ⟨G, W̄⟩ u vᵀ)/σ (equation 12).</summary>
    public override Tensor Pull(Tensor gradients)
    {
        var inner = (gradients * Value).Flatten(1).Sum([1]); // [S]
        return (gradients - (Like(inner, gradients) * SigmaGradient)) / Normalization.Sigma.Detach();
    }

    public override Tensor? PlaceIn(Tensor sum) => null;

    public override Tensor Derive(Tensor copies)
    {
        var matrices = (Normalization.Transposed ? copies.Transpose(1, 2) : copies).Flatten(2); // [S, rows, columns]
        var sigma = matrices.MatMul(Normalization.Right).MatMul(Normalization.Left); // [S]
        return copies / Like(sigma, copies);
    }

    public override bool IsDisjointFrom(ParameterSource other) => false;

    // Every pass of a layer in training normalises anew.
    public override bool IsSameAs(ParameterSource other) => ReferenceEquals(this, other);

    private static Tensor Like(Tensor perSample, Tensor x)
    {
        var shape = new long[x.Shape.Length];
        Array.Fill(shape, 1L);
        shape[0] = -1;
        return perSample.Reshape(shape);
    }
}
