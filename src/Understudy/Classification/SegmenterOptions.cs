using System.ComponentModel.DataAnnotations;

namespace Understudy.Classification;

/// <summary>The network that segments and its training.</summary>
public record SegmenterOptions
{
    /// <summary>Training steps, the same for every training set.</summary>
    [Range(1, 10_000_000)]
    public int Steps { get; init; } = 600;

    /// <summary>Pairs in a batch.</summary>
    [Range(2, 65536)]
    public int BatchSize { get; init; } = 8;

    /// <summary>f: channels of the first of four levels.</summary>
    [Range(1, 1024)]
    public int Width { get; init; } = 16;

    /// <summary>How far contrast and brightness of each training image vary by chance, as scanners and stains do: 0.2 for a fifth either way.</summary>
    [Range(0.0, 1.0)]
    public double Shade { get; init; }

    /// <summary>Adam's learning rate at the start; it falls to 0 along a half cosine.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 1e-3;
}
