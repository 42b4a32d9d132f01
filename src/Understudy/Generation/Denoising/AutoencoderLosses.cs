using Understudy.Torch;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Denoising;

/// <summary>The losses of Creswell and Bharath, 2017, 1703.01220, equations 2 to 8; networks end in logits.</summary>
internal static class AutoencoderLosses
{
    /// <summary>L_rec = BCE(Dec(E(x̃)), x): the target is the clean image, for with x̃ as target nothing is denoised.</summary>
    /// <param name="encode">E.</param>
    /// <param name="decode">Dec before its sigmoid.</param>
    /// <param name="corruption">Makes x̃.</param>
    /// <param name="x">[B, C, H, W] clean images in [0, 1].</param>
    /// <returns>The mean over pixels and batch. On grey pixels it is not 0 at the optimum, so models are compared by squared error.</returns>
    public static Tensor Reconstruction(Func<Tensor, Tensor> encode, Func<Tensor, Tensor> decode, Corruption corruption, Tensor x) =>
        F.BinaryCrossEntropyWithLogits(decode(encode(corruption.Of(x))), x);

    /// <summary>L_D = BCE(D(z_p), 1) + BCE(D(z_f), 0).</summary>
    public static Tensor Discriminator(Tensor priorLogits, Tensor codeLogits) =>
        F.BinaryCrossEntropyWithLogits(priorLogits, 1) + F.BinaryCrossEntropyWithLogits(codeLogits, 0);

    /// <summary>L_E = BCE(D(z_f), 1).</summary>
    public static Tensor Encoder(Tensor codeLogits) => F.BinaryCrossEntropyWithLogits(codeLogits, 1);
}
