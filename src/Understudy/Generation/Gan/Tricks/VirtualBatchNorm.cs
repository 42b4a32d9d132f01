using Understudy.Torch;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Gan.Tricks;

/// <summary>Batch norm by the statistics of a fixed reference batch and of the sample itself, so that the samples of a batch do not touch one another.</summary>
/// <remarks>
/// Salimans et al., NIPS 2016, 1606.03498, section 3.5: γ (x - μ)/√(σ² + ε) + β, where μ and σ² are those of the R references and x together, over all
/// but dimension 1. Inside a <see cref="ReferenceBatch"/>, which brings the references.
/// </remarks>
public sealed class VirtualBatchNorm : Module
{
    private const double Epsilon = 1e-5;

    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly long channels;
    private (Tensor Mean, Tensor Square, long Count)? reference;

    /// <summary>Makes γ = 1 and β = 0.</summary>
    /// <param name="channels">C, of [B, C] or [B, C, H, W].</param>
    public VirtualBatchNorm(long channels)
    {
        this.channels = channels;
        weight = AddParameter("weight", Tensor.Ones([channels]));
        bias = AddParameter("bias", Tensor.Zeros([channels]));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var flat = x.Shape.Length == 2 ? x.Unsqueeze(2) : x.Flatten(2); // [B, C, S]
        var (mean, square) = (flat.Mean([2], keepDim: true), flat.Square().Mean([2], keepDim: true)); // [B, C, 1]
        if (reference is not { } r)
        {
            (mean, square) = (mean.Mean([0], keepDim: true), square.Mean([0], keepDim: true)); // [1, C, 1]
            reference = (mean, square, x.Size(0));
        }
        else
        {
            var own = 1.0 / (r.Count + 1);
            (mean, square) = (r.Mean.Lerp(mean, own), r.Square.Lerp(square, own));
        }
        var deviation = (square - mean.Square() + Epsilon).Sqrt();
        var normalized = ((flat - mean) / deviation * weight.Reshape(1, channels, 1)) + bias.Reshape(1, channels, 1);
        return normalized.Reshape([-1, .. x.Shape[1..]]);
    }

    /// <summary>Makes the next batch the reference.</summary>
    internal void Forget() => reference = null;
}
