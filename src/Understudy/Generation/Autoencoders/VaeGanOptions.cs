using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Autoencoders;

/// <summary>What a VAE-GAN may be told.</summary>
public sealed record VaeGanOptions : AutoencoderOptions
{
    /// <summary>γ, the weight of the reconstruction against deceiving the discriminator in the decoder's loss.</summary>
    [Range(0, 1000)]
    public double ReconstructionWeight { get; init; } = 1e-2;
}
