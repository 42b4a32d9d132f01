using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Embedding;

/// <summary>What a method that matches mean embeddings may be told.</summary>
public record MeanEmbeddingOptions
{
    /// <summary>ε of all that touches the records, at the study's δ.</summary>
    [Range(1e-3, 1e3)]
    public double Epsilon { get; init; } = 1;

    /// <summary>Training steps of the generator.</summary>
    [Range(1, 10_000_000)]
    public int Steps { get; init; } = 800;

    /// <summary>Images that the generator draws in a step, its classes in turn.</summary>
    [Range(2, 65536)]
    public int BatchSize { get; init; } = 200;

    /// <summary>nz: numbers in the noise vector z.</summary>
    [Range(1, 4096)]
    public int LatentSize { get; init; } = 5;

    /// <summary>Channels of the generator's first feature map.</summary>
    [Range(2, 1024)]
    public int Width { get; init; } = 16;

    /// <summary>Adam's learning rate at the start; it falls to 0 along a half cosine.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Training steps from one checkpoint to the next.</summary>
    [Range(1, 10_000_000)]
    public int CheckpointEvery { get; init; } = 500;
}
