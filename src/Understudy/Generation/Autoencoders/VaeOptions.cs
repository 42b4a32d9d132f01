using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Autoencoders;

/// <summary>What a VAE may be told.</summary>
public sealed record VaeOptions : AutoencoderOptions
{
    /// <summary>A rate that a loss without an opponent bears, and as many latent numbers as small images fill.</summary>
    public VaeOptions() => (LearningRate, Beta1, LatentSize) = (1e-3, 0.9, 16);

    /// <summary>σ of a pixel about its mean, in [-1, 1]: less makes sharper images and codes further from the prior.</summary>
    [Range(0.001, 10)]
    public double Sigma { get; init; } = 0.8;
}
