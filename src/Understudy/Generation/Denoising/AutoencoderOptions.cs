using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Denoising;

/// <summary>What every autoencoder may be told. <see cref="TrainingOptions.Width"/> is the units of each of the two hidden layers of all its networks.</summary>
public record AutoencoderOptions : TrainingOptions
{
    /// <summary>The published settings for MNIST.</summary>
    public AutoencoderOptions() => (Steps, BatchSize, LatentSize, Width) = (6000, 64, 10, 1000);

    /// <summary>Learning rate of the Adams of encoder and decoder.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 2e-4;
}
