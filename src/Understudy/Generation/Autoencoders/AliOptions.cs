namespace Understudy.Generation.Autoencoders;

/// <summary>What ALI may be told.</summary>
public sealed record AliOptions : AutoencoderOptions
{
    /// <summary>A discriminator of pairs needs longer.</summary>
    public AliOptions() => (LatentSize, Steps, LearningRate, BatchSize) = (64, 6000, 1e-4, 100);

    /// <summary>Whether E draws its code from a Gaussian, as in ALI; BiGAN's says one code.</summary>
    public bool Stochastic { get; init; } = true;
}
