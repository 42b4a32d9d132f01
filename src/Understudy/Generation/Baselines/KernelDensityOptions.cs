using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Baselines;

/// <summary>What sampling from windows around records may be told.</summary>
public sealed record KernelDensityOptions
{
    /// <summary>σ of the noise on each pixel, as a share of the range from black to white.</summary>
    [Range(1e-6, 10)]
    public double Sigma { get; init; } = 0.1;
}
