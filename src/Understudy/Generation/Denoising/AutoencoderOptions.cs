using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Denoising;

/// <summary>What every autoencoder may be told. <see cref="TrainingOptions.Width"/> is the units of each hidden layer of all its networks.</summary>
public record AutoencoderOptions : TrainingOptions
{
    /// <summary>The published settings for MNIST. Weights are not averaged, because codes wander while they are matched to the prior, and an average of encoders does not fit one of decoders.</summary>
    public AutoencoderOptions() => (Steps, BatchSize, LatentSize, Width, EmaDecay) = (6000, 64, 10, 1000, 0);

    /// <summary>Hidden layers of E; published are 2 for MNIST and 3 for Omniglot.</summary>
    [Range(1, 16)]
    public int EncoderLayers { get; init; } = 2;

    /// <summary>Hidden layers of Dec; published are 2 for MNIST and 6 for Omniglot.</summary>
    [Range(1, 16)]
    public int DecoderLayers { get; init; } = 2;

    /// <summary>Learning rate of the Adams of encoder and decoder.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 2e-4;
}
