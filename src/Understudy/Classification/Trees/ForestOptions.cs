using System.ComponentModel.DataAnnotations;

namespace Understudy.Classification.Trees;

/// <summary>What a random forest may be told.</summary>
public sealed record ForestOptions
{
    /// <summary>Number of trees.</summary>
    [Range(1, 100_000)]
    public int Trees { get; init; } = 100;

    /// <summary>Images that a leaf must hold.</summary>
    [Range(1, 1_000_000)]
    public int SmallestLeaf { get; init; } = 1;
}
