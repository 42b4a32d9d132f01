using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Denoising;

/// <summary>What a denoising adversarial autoencoder may be told.</summary>
public record DaaeOptions : DaeOptions
{
    /// <summary>Learning rate of the discriminator's Adam.</summary>
    [Range(0.0, 1.0)]
    public double DiscriminatorLearningRate { get; init; } = 2e-4;

    /// <summary>How updates follow one another.</summary>
    public UpdateSchedule Schedule { get; init; } = UpdateSchedule.Alternating;

    /// <summary>p(z), what codes should look like.</summary>
    public CodePrior Prior { get; init; } = CodePrior.Normal;
}
