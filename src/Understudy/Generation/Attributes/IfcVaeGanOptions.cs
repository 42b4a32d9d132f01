using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Attributes;

/// <summary>What an IFcVAE-GAN may be told.</summary>
public sealed record IfcVaeGanOptions : TrainingOptions
{
    /// <summary>The published settings, but for the number of steps.</summary>
    public IfcVaeGanOptions() => (Steps, BatchSize) = (3000, 64);

    /// <summary>Learning rate of every RMSprop.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>
    /// Lowers the learning rate over the second half of the steps down a straight line to 0, of all but the adversary: an encoder that comes to rest is one that the adversary catches up with, and what
    /// it still finds then goes too.
    /// </summary>
    public bool LearningRateDecay { get; init; }

    /// <summary>α, weight of the divergence of codes from N(0, I).</summary>
    [Range(0.0, 1e6)]
    public double Alpha { get; init; } = 1;

    /// <summary>β, weight of the attribute that is read from the reconstruction.</summary>
    [Range(0.0, 1e6)]
    public double Beta { get; init; } = 1;

    /// <summary>γ, weight of hiding the attribute from the adversary that reads codes.</summary>
    [Range(0.0, 1e6)]
    public double Gamma { get; init; } = 1;

    /// <summary>δ, weight of the discriminator's judgement of images.</summary>
    [Range(0.0, 1e6)]
    public double Delta { get; init; } = 1;

    /// <summary>ρ, weight of the attribute that is read from the image.</summary>
    [Range(0.0, 1e6)]
    public double Rho { get; init; } = 1;

    /// <summary>Sums the losses of a batch as the published program does, so that their balance depends on the batch; otherwise they are means, balanced as at a batch of 64.</summary>
    public bool AsPublished { get; init; }

    /// <summary>Whom β teaches.</summary>
    public BetaPath BetaPath { get; init; } = BetaPath.ToDecoder;

    /// <summary>From which convolutions the attribute is read.</summary>
    public AttributeTrunk AttributeTrunk { get; init; } = AttributeTrunk.Shared;

    /// <summary>What γ weighs.</summary>
    public HidingLoss Hiding { get; init; } = HidingLoss.AsPublished;

    /// <summary>Shows the adversary μ, which edits decode, in the place of z = μ + σ ε, whose noise hides small traces from it.</summary>
    public bool AdversaryReadsMean { get; init; }

    /// <summary>
    /// Gives the codes of either value mean 0 and variance 1 in every entry (see <see cref="CodeNormalization"/>): the encoder cannot hide the attribute by letting codes fade, and what is
    /// left for the adversary is what means and variances do not say.
    /// </summary>
    public bool NormalizeCodes { get; init; }

    /// <summary>Steps of the adversary to one of the encoder.</summary>
    [Range(1, 100)]
    public int AuxSteps { get; init; } = 1;

    /// <summary>Units of each of the adversary's two hidden layers.</summary>
    [Range(1, 100_000)]
    public int AuxWidth { get; init; } = 1000;

    /// <summary>Steps over which γ rises from 0.</summary>
    [Range(0, 10_000_000)]
    public int GammaRampSteps { get; init; } = 300;

    /// <summary>Leaves γ out while the adversary is within 1 point of the majority rate: to push it below would only write the attribute inverted.</summary>
    public bool StopAtMajority { get; init; } = true;
}
