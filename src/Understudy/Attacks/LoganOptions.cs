using System.ComponentModel.DataAnnotations;

namespace Understudy.Attacks;

/// <summary>Options of the LOGAN black-box attack.</summary>
public sealed record LoganOptions : FeatureAttackOptions
{
    /// <summary>A small network tells principal components apart sooner than pixels.</summary>
    public LoganOptions() => (Features, Components) = (Pca, 256);

    /// <summary>Training steps of the discriminator.</summary>
    [Range(1, 1_000_000)]
    public int Steps { get; init; } = 500;

    /// <summary>Records in a batch, half of each kind.</summary>
    [Range(2, 65536)]
    public int BatchSize { get; init; } = 256;

    /// <summary>Width of both hidden layers.</summary>
    [Range(1, 4096)]
    public int Width { get; init; } = 256;

    /// <summary>Adam's learning rate.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 1e-3;
}
