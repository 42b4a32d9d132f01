using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.PrivateGans;

/// <summary>What a DP-InfoGAN may be told.</summary>
public sealed record DpInfoGanOptions : PrivateGanOptions
{
    /// <summary>Creates the defaults.</summary>
    public DpInfoGanOptions() => LatentSize = 62;

    /// <summary>Categories of each categorical code; uniform priors.</summary>
    [Range(2, 1000)]
    public int[] Categorical { get; init; } = [10];

    /// <summary>Number of continuous codes, each U(-1, 1).</summary>
    [Range(0, 64)]
    public int Continuous { get; init; } = 2;

    /// <summary>λ, the weight of the mutual-information bound.</summary>
    [Range(0, 100)]
    public double Lambda { get; init; } = 1;

    /// <summary>Whether Q's continuous codes have standard deviation 1; otherwise Q learns exp(output).</summary>
    public bool FixStd { get; init; } = true;
}
