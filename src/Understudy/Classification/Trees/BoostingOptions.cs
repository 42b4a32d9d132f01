using System.ComponentModel.DataAnnotations;

namespace Understudy.Classification.Trees;

/// <summary>What gradient boosting may be told.</summary>
public sealed record BoostingOptions
{
    /// <summary>Rounds; each adds a tree for every class, or one tree where there are two.</summary>
    [Range(1, 100_000)]
    public int Rounds { get; init; } = 100;

    /// <summary>η: by what a tree's values are multiplied.</summary>
    [Range(1e-6, 1)]
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Questions from the root to a leaf, at most.</summary>
    [Range(1, 12)]
    public int Depth { get; init; } = 5;

    /// <summary>Images that a leaf must hold.</summary>
    [Range(1, 1_000_000)]
    public int SmallestLeaf { get; init; } = 20;

    /// <summary>λ of the penalty λ/2 v² on a leaf's value v.</summary>
    [Range(0, 1e9)]
    public double Penalty { get; init; } = 1;

    /// <summary>Share of the pixels, chosen at random, that a tree may ask for.</summary>
    [Range(1e-6, 1)]
    public double PixelShare { get; init; } = 0.1;
}
