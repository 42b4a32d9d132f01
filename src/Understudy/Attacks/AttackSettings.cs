using System.ComponentModel.DataAnnotations;
using Understudy.Metrics;

namespace Understudy.Attacks;

/// <summary>How attacks are evaluated.</summary>
public sealed record AttackSettings
{
    /// <summary>Same seed, same result.</summary>
    public ulong Seed { get; init; }

    /// <summary>δ at which the lower bound on ε holds; the δ of the claim it is compared with.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Delta { get; init; } = 1e-5;

    /// <summary>Probability that the lower bound on ε is wrong.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Significance { get; init; } = 0.05;

    /// <summary>Level of the confidence intervals.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double ConfidenceLevel { get; init; } = 0.95;

    /// <summary>Resamples behind the interval of the AUC.</summary>
    [Range(100, 1_000_000)]
    public int BootstrapDraws { get; init; } = Bootstrap.DefaultDraws;
}
