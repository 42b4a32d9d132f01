using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Planted;

/// <summary>What a planted leak with a false guarantee claims.</summary>
public sealed record PlantedClaimOptions
{
    /// <summary>ε that it claims, and does not keep.</summary>
    [Range(1e-3, 1e3)]
    public double Epsilon { get; init; } = 1;
}
