using System.ComponentModel.DataAnnotations;

namespace Understudy.Attacks.WhiteBox;

/// <summary>Options of GAN-Leaks with white-box access.</summary>
public sealed record WhiteBoxGanLeaksOptions : AttackOptions
{
    /// <summary>Members that are inverted, and as many non-members.</summary>
    [Range(2, 1_000_000)]
    public int Records { get; init; } = 200;

    /// <summary>Steps of Adam from each start.</summary>
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 200;

    /// <summary>Random starts, of which the best counts.</summary>
    [Range(1, 100)]
    public int Restarts { get; init; } = 1;
}
