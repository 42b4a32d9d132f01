using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Autoencoders;

/// <summary>What an adversarial autoencoder may be told.</summary>
public sealed record AaeOptions : AutoencoderOptions
{
    /// <summary>So few latent numbers that their distribution can be made the prior.</summary>
    public AaeOptions() => (LatentSize, LearningRate) = (8, 1e-3);

    /// <summary>Weight of the adversarial term against the mean squared error of a pixel in [-1, 1].</summary>
    [Range(0, 1000)]
    public double AdversarialWeight { get; init; } = 0.1;
}
