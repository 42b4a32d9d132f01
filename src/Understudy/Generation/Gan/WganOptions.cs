using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Gan;

/// <summary>What a Wasserstein GAN may be told.</summary>
public sealed record WganOptions : LossGanOptions
{
    /// <summary>The paper's rate and batch.</summary>
    public WganOptions() => (LearningRateD, LearningRateG, BatchSize) = (5e-5, 5e-5, 64);

    /// <summary>Steps of the critic, each on a batch of its own, before one of the generator.</summary>
    [Range(1, 100)]
    public int CriticSteps { get; init; } = 5;

    /// <summary>c: every weight of the critic is held within [-c, c].</summary>
    [Range(1e-6, 10)]
    public double Clip { get; init; } = 0.01;

    /// <summary>Scores an image by the mean of its last features, without a linear layer, as a published program does: for comparison, since such a critic measures less.</summary>
    public bool ReproduceQuirk { get; init; }
}
