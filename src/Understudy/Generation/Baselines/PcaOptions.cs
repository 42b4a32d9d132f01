using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Baselines;

/// <summary>What sampling in principal components may be told.</summary>
public sealed record PcaOptions
{
    /// <summary>k: principal components that are drawn in; where records or pixels have fewer, the rest do nothing.</summary>
    [Range(1, 4096)]
    public int Components { get; init; } = 50;
}
