using System.ComponentModel.DataAnnotations;

namespace Understudy.Attacks;

/// <summary>Options of DOMIAS.</summary>
public sealed record DomiasOptions : FeatureAttackOptions
{
    /// <summary>Densities of pixels are hopeless, so the features are principal components unless told otherwise.</summary>
    public DomiasOptions() => Features = Pca;

    /// <summary>How the densities are estimated.</summary>
    public DensityEstimator Density { get; init; } = DensityEstimator.Kernel;

    /// <summary>Training steps of a flow.</summary>
    [Range(1, 1_000_000)]
    public int FlowSteps { get; init; } = 1000;
}
