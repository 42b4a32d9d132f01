using System.ComponentModel.DataAnnotations;

namespace Understudy.Attacks.Classifiers;

/// <summary>The regression of the quantile attack.</summary>
public sealed record QuantileAttackOptions
{
    /// <summary>f: the share of non-members that the attack may accuse; the regression predicts the (1 − f)-quantile.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double FalsePositiveRate { get; init; } = 0.01;

    /// <summary>Width of the two hidden layers.</summary>
    [Range(1, 4096)]
    public int Width { get; init; } = 64;

    /// <summary>Training steps.</summary>
    [Range(1, 1_000_000)]
    public int Steps { get; init; } = 1000;

    /// <summary>Records in a batch.</summary>
    [Range(2, 65536)]
    public int BatchSize { get; init; } = 256;

    /// <summary>Adam's learning rate at the start; it falls to 0 along a half cosine.</summary>
    [Range(1e-8, 1.0)]
    public double LearningRate { get; init; } = 3e-3;
}
