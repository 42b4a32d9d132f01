using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Autoencoders;

/// <summary>What every method with an encoder may be told.</summary>
public record AutoencoderOptions : TrainingOptions
{
    /// <summary>Fewer latent numbers and steps than a GAN's.</summary>
    public AutoencoderOptions() => (LatentSize, Steps) = (32, 3000);

    /// <summary>Learning rate of every network.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>β₁ of every Adam; β₂ is 0.999.</summary>
    [Range(0, 0.999)]
    public double Beta1 { get; init; } = 0.5;
}
