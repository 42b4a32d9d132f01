using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies.Grids;

/// <summary>The choice of one classifier among those of the grid, for each data set.</summary>
public sealed record SelectionSection
{
    /// <summary>The ways to choose that are compared.</summary>
    public IReadOnlyList<SelectionMode> Modes { get; init; } = [SelectionMode.Syn, SelectionMode.Val, SelectionMode.Sen];

    /// <summary>ε of one choice by <see cref="SelectionMode.Val"/>.</summary>
    [Range(1e-3, 1e3)]
    public double Epsilon { get; init; } = 1;

    /// <summary>Share of the samples that is kept aside for <see cref="SelectionMode.Syn"/>.</summary>
    [Range(0.0, 0.5, MinimumIsExclusive = true)]
    public double Share { get; init; } = 0.1;
}
