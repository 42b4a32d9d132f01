using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Embedding;

/// <summary>What DP-NTK may be told.</summary>
public sealed record DpNtkOptions : MeanEmbeddingOptions
{
    /// <summary>Hidden units of the network whose gradients are the features; on 28×28 pixels 800 make 628,801 features, the paper's network with one output.</summary>
    [Range(1, 10_000)]
    public int Hidden { get; init; } = 800;
}
