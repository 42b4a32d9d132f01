using System.ComponentModel.DataAnnotations;

namespace Understudy.Classification;

/// <summary>The downstream classifier and its training.</summary>
public sealed record ClassifierOptions
{
    /// <summary>Which network.</summary>
    public ClassifierNetwork Network { get; init; } = ClassifierNetwork.Cnn;

    /// <summary>Training steps, the same for real and for synthetic data, so that no test decides when to stop.</summary>
    [Range(1, 10_000_000)]
    public int Steps { get; init; } = 1000;

    /// <summary>Records in a batch.</summary>
    [Range(2, 65536)]
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's learning rate at the start; it falls to 0 along a half cosine.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 1e-3;
}
