using System.ComponentModel.DataAnnotations;
using Understudy.Generation.Gan;

namespace Understudy.Generation.Translation;

/// <summary>What SRGAN may be told.</summary>
public sealed record SrganOptions : GanOptions
{
    /// <summary>The paper's rate, momentum and batch.</summary>
    public SrganOptions() => (LearningRateD, LearningRateG, Beta1, BatchSize, Width) = (1e-4, 1e-4, 0.9, 16, 32);

    /// <summary>The first steps, which lower the mean squared error alone.</summary>
    [Range(0, 10_000_000)]
    public int WarmUpSteps { get; init; } = 2000;

    /// <summary>How often the size doubles: 2 for four times as many rows and columns.</summary>
    [Range(1, 3)]
    public int Doublings { get; init; } = 2;

    /// <summary>Residual blocks; 16 in the paper.</summary>
    [Range(1, 32)]
    public int Blocks { get; init; } = 4;

    /// <summary>Weight of the adversarial loss.</summary>
    [Range(0, 100)]
    public double AdversarialWeight { get; init; } = 1e-3;

    /// <summary>Weight of the mean squared error of features against that of pixels.</summary>
    [Range(0, 100)]
    public double FeatureWeight { get; init; } = 0.1;

    /// <summary>Steps of the network whose features are compared.</summary>
    [Range(1, 1_000_000)]
    public int FeatureSteps { get; init; } = 300;
}
