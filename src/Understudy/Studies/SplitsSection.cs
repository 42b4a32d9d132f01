using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies;

/// <summary>How the data are divided: shares of what is not for testing.</summary>
public sealed record SplitsSection
{
    /// <summary>Share that the synthesizers train on.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Members { get; init; } = 0.6;

    /// <summary>Share that membership attacks must tell from members.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double NonMembers { get; init; } = 0.2;

    /// <summary>Share that an attacker knows.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Reference { get; init; } = 0.2;

    /// <summary><c>official</c> for the data's own test part, or a share of all the data.</summary>
    public string Test { get; init; } = "official";
}
