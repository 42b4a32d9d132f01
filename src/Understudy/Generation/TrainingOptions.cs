using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation;

/// <summary>What every method may be told that trains networks step by step.</summary>
public record TrainingOptions
{
    /// <summary>Training steps: one of every network each, unless the method says otherwise.</summary>
    [Range(1, 10_000_000)]
    public int Steps { get; init; } = 4000;

    /// <summary>Records in a batch.</summary>
    [Range(2, 65536)]
    public int BatchSize { get; init; } = 128;

    /// <summary>nz: numbers in the noise vector z.</summary>
    [Range(1, 4096)]
    public int LatentSize { get; init; } = 100;

    /// <summary>f: channels of the layer nearest the image.</summary>
    [Range(1, 1024)]
    public int Width { get; init; } = 64;

    /// <summary>Decay of the average of the generator's weights that samples are drawn from.</summary>
    [Range(0, 0.99999)]
    public double EmaDecay { get; init; } = 0.999;

    /// <summary>Steps from one checkpoint, with its sample grid, to the next.</summary>
    [Range(1, 10_000_000)]
    public int CheckpointEvery { get; init; } = 500;
}
