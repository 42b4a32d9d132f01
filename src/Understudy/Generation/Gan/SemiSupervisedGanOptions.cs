using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Gan;

/// <summary>What a semi-supervised GAN may be told.</summary>
public sealed record SemiSupervisedGanOptions : GanOptions
{
    /// <summary>The paper's rate, batch and length.</summary>
    public SemiSupervisedGanOptions() => (LearningRateD, LearningRateG, BatchSize, Steps) = (3e-4, 3e-4, 100, 6000);

    /// <summary>Records whose class is looked at, about equally many of each class; the other records are used without their class.</summary>
    [Range(1, 10_000_000)]
    public int Labelled { get; init; } = 100;

    /// <summary>Weight of the non-saturating adversarial loss beside feature matching; 0 as in the paper, which is best for the classifier and not for the images.</summary>
    [Range(0, 100)]
    public double AdversarialWeight { get; init; } = 0.1;
}
