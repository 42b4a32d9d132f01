using System.ComponentModel.DataAnnotations;

namespace Understudy.Classification;

/// <summary>A classifier trained on private records under differential privacy.</summary>
/// <remarks>
/// Adam's steps do not depend on the unit of the gradient, so that a clip norm below most gradients' norms needs no learning rate of its own
/// (compare Bu et al. 2023, 2206.07136).
/// </remarks>
public sealed record DpSgdOptions
{
    /// <summary>Which network.</summary>
    public ClassifierNetwork Network { get; init; } = ClassifierNetwork.Cnn;

    /// <summary>Of residual networks: how large.</summary>
    public NetworkSize Size { get; init; } = NetworkSize.Small;

    /// <summary>ε of the whole training, at the study's δ.</summary>
    [Range(1e-3, 1e3)]
    public double Epsilon { get; init; } = 10;

    /// <summary>T.</summary>
    [Range(1, 10_000_000)]
    public int Steps { get; init; } = 1000;

    /// <summary>qN: records expected in a Poisson batch.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 512;

    /// <summary>C: the largest L2 norm of one record's gradient.</summary>
    [Range(1e-9, 1e9)]
    public double ClipNorm { get; init; } = 0.1;

    /// <summary>Adam's learning rate at the start; it falls to 0 along a half cosine.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 2e-3;
}
