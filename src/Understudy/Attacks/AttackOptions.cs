using System.ComponentModel.DataAnnotations;

namespace Understudy.Attacks;

/// <summary>What every attack of a study may be told; an attack's own options derive from it.</summary>
public abstract record AttackOptions
{
    /// <summary>δ at which the lower bound on ε holds; null takes that of the study's guarantees, with which it is compared. A study refuses a smaller one: ε is larger there.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double? Delta { get; init; }

    /// <summary>Probability that the largest lower bound on ε of a method's attacks is wrong; each of several attacks is given its part of it.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Significance { get; init; } = 0.05;
}
