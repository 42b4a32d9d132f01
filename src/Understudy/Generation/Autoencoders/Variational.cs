using Understudy.Torch;

namespace Understudy.Generation.Autoencoders;

/// <summary>The two terms of the evidence lower bound, and the draw between them.</summary>
/// <remarks>Kingma, Welling, ICLR 2014, 1312.6114, equations 7 and 10, appendix B.</remarks>
public static class Variational
{
    /// <summary>z = μ + exp(lv/2) ε, ε ~ N(0, I).</summary>
    public static Tensor Draw(Tensor mean, Tensor logVariance) => mean + ((logVariance / 2).Exp() * Tensor.RandNLike(mean));

    /// <summary>KL(N(μ, exp lv) ‖ N(0, I)) = ½ Σ (μ² + exp lv - 1 - lv), in nats, averaged over the batch.</summary>
    /// <param name="mean">μ, [B, nz].</param>
    /// <param name="logVariance">lv, [B, nz].</param>
    public static Tensor Divergence(Tensor mean, Tensor logVariance) => 0.5 * (mean.Square() + logVariance.Exp() - 1 - logVariance).Sum([1]).Mean();

    /// <summary>-ln N(x; x̂, σ² I) without its constant: ‖x - x̂‖²/(2σ²), averaged over the batch.</summary>
    /// <param name="x">[B, …].</param>
    /// <param name="reconstruction">x̂, of the same shape.</param>
    /// <param name="sigma">σ, in the unit of x.</param>
    public static Tensor Reconstruction(Tensor x, Tensor reconstruction, double sigma) => (x - reconstruction).Square().Flatten(1).Sum([1]).Mean() / (2 * sigma * sigma);
}
