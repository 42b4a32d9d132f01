using Understudy.Torch;

namespace Understudy.Generation.Denoising;

/// <summary>What a denoising autoencoder undoes: x̃ = x + σ ε, ε ~ N(0, I), drawn anew for every image.</summary>
/// <param name="Sigma">σ, in units of pixel values 0 to 1; 0 leaves images as they are.</param>
/// <param name="Clip">Whether x̃ is held within [0, 1]; the published runs leave it outside.</param>
public readonly record struct Corruption(double Sigma, bool Clip = false)
{
    /// <summary>A corrupted copy, [B, C, H, W].</summary>
    public Tensor Of(Tensor x)
    {
        if (Sigma == 0) return x;
        var corrupted = x + (Sigma * Tensor.RandNLike(x));
        return Clip ? corrupted.Clamp(0, 1) : corrupted;
    }

    /// <summary>The code of a corrupted copy, averaged over several: (1/M) Σ E(x + σ ε_m), [B, nz].</summary>
    /// <remarks>
    /// All M·B copies go through the encoder at once. Averaging codes is what integrates the posterior over corruptions; averaging the
    /// corrupted images instead leaves noise of σ/√M on one image, which for M = 10 is nearly an adversarial autoencoder without noise.
    /// </remarks>
    /// <param name="encode">E: [B, C, H, W] → [B, nz].</param>
    /// <param name="x">[B, C, H, W] clean images.</param>
    /// <param name="copies">M, at least 1.</param>
    /// <param name="averageImages">Averages the images before encoding, as a published implementation does.</param>
    public Tensor AverageCode(Func<Tensor, Tensor> encode, Tensor x, int copies, bool averageImages = false)
    {
        var batch = x.Size(0);
        var images = Of(Tensor.Cat([.. Enumerable.Repeat(x, copies)])); // [M·B, C, H, W]
        if (averageImages) return encode(images.Reshape([copies, .. x.Shape]).Mean([0]));
        return encode(images).Reshape(copies, batch, -1).Mean([0]); // [B, nz]
    }
}
