using System.ComponentModel.DataAnnotations;

namespace Understudy.Attacks;

/// <summary>What every attack of a study may be told; an attack's own options derive from it.</summary>
/// <remarks>The significance is that of one attack: whoever quotes the largest of several bounds divides it by their number.</remarks>
public abstract record AttackOptions
{
    /// <summary>δ at which the lower bound on ε holds; null takes that of the study's guarantees, with which it is compared.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double? Delta { get; init; }

    /// <summary>Probability that the lower bound on ε is wrong.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Significance { get; init; } = 0.05;
}
