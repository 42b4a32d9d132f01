using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Embedding;

/// <summary>What DP-MERF may be told.</summary>
public sealed record DpMerfOptions : MeanEmbeddingOptions
{
    /// <summary>D: random features, even.</summary>
    [Range(2, 1_000_000)]
    public int Features { get; init; } = 4000;

    /// <summary>
    /// ℓ², the squared length scale of the kernel exp(-‖x - y‖²/(2ℓ²)) on pixels in [0, 1]. The paper has 105; on MNIST a shorter one tells digits
    /// apart better.
    /// </summary>
    [Range(1e-3, 1e6)]
    public double SquaredLengthScale { get; init; } = 30;
}
