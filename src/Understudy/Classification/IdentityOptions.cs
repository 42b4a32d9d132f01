using System.ComponentModel.DataAnnotations;

namespace Understudy.Classification;

/// <summary>The training of an identity classifier.</summary>
public sealed record IdentityOptions
{
    /// <summary>Training steps at most; it stops when the batches of late were recognised as <see cref="Accuracy"/> says.</summary>
    [Range(1, 10_000_000)]
    public int Steps { get; init; } = 2000;

    /// <summary>Records in a batch.</summary>
    [Range(2, 65536)]
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's learning rate. At 1e-3 and more the plain network may stay at chance where there are hundreds of identities.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>Share of the augmented training images to recognise.</summary>
    [Range(0.0, 1.0)]
    public double Accuracy { get; init; } = 0.95;
}
