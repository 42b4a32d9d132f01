using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Denoising;

/// <summary>What every autoencoder may be told. <see cref="TrainingOptions.Width"/> is the units of each of the two hidden layers of all its networks.</summary>
public record AutoencoderOptions : TrainingOptions
{
    /// <summary>The published settings for MNIST. Weights are not averaged, because codes wander while they are matched to the prior, and an average of encoders does not fit one of decoders.</summary>
    public AutoencoderOptions() => (Steps, BatchSize, LatentSize, Width, EmaDecay) = (6000, 64, 10, 1000, 0);

    /// <summary>Learning rate of the Adams of encoder and decoder.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 2e-4;
}
