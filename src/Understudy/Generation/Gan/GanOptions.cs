using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Gan;

/// <summary>What every generative adversarial network may be told.</summary>
public record GanOptions : TrainingOptions
{
    /// <summary>Learning rate of the discriminator.</summary>
    [Range(1e-8, 1)]
    public double LearningRateD { get; init; } = 2e-4;

    /// <summary>Learning rate of the generator, and of an encoder beside it.</summary>
    [Range(1e-8, 1)]
    public double LearningRateG { get; init; } = 2e-4;

    /// <summary>β₁ of both Adams; β₂ is 0.999 unless the method says otherwise.</summary>
    [Range(0, 0.999)]
    public double Beta1 { get; init; } = 0.5;
}
