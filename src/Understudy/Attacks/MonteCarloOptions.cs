using System.ComponentModel.DataAnnotations;

namespace Understudy.Attacks;

/// <summary>Options of the Monte-Carlo attack.</summary>
public sealed record MonteCarloOptions : FeatureAttackOptions
{
    /// <summary>Which quantile of the candidates' distances to the release is the radius of the ball; ½ is the paper's median heuristic.</summary>
    [Range(0.0, 1.0)]
    public double Quantile { get; init; } = 0.5;
}
