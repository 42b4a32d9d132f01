using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies.Grids;

/// <summary>An audit of a method's training: canaries are planted by secret coins, and how many of them can be told afterwards bounds its ε from below.</summary>
public sealed record AuditSection
{
    /// <summary>Canaries in a training: of methods, images of black and white noise.</summary>
    [Range(20, 100_000)]
    public int Canaries { get; init; } = 500;

    /// <summary>How private baselines are audited, each way by a training of its own; empty leaves them out.</summary>
    public IReadOnlyList<CanaryKind> Baselines { get; init; } = [];

    /// <summary>
    /// δ at which claim and bound are compared: what is claimed at the study's δ says how much at this one. A large one hides all that so few canaries can show.
    /// </summary>
    [Range(0.0, 1e-3, MinimumIsExclusive = true)]
    public double Delta { get; init; } = 1e-9;

    /// <summary>Probability that a true claim is refuted.</summary>
    [Range(0.0, 0.5, MinimumIsExclusive = true)]
    public double Significance { get; init; } = 1e-3;
}
