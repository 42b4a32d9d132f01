using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Embedding;

/// <summary>What DP-Kernel may be told. A step is one noised query of the records and one update of the generator.</summary>
public sealed record DpKernelOptions : MeanEmbeddingOptions
{
    /// <summary>D: random features of a step, twice a multiple of the number of length scales.</summary>
    [Range(2, 1_000_000)]
    public int Features { get; init; } = 1000;

    /// <summary>ℓ of each kernel exp(-‖x - y‖²/(2ℓ²)) of the sum, on pixels in [0, 1].</summary>
    [Range(1e-3, 1e6)]
    public double[] LengthScales { get; init; } = [1, 2, 4, 8, 16];

    /// <summary>qN: records expected in the Poisson batch of a step.</summary>
    [Range(1, 10_000_000)]
    public int QueryBatch { get; init; } = 2000;
}
