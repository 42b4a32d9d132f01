using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Gan;

/// <summary>What a Wasserstein GAN with gradient penalty may be told.</summary>
public sealed record WganGpOptions : LossGanOptions
{
    /// <summary>The paper's rate, momenta and batch.</summary>
    public WganGpOptions() => (LearningRateD, LearningRateG, Beta1, BatchSize) = (1e-4, 1e-4, 0, 64);

    /// <summary>Steps of the critic, each on a batch of its own, before one of the generator.</summary>
    [Range(1, 100)]
    public int CriticSteps { get; init; } = 5;

    /// <summary>λ, the weight of the penalty.</summary>
    [Range(0, 1e4)]
    public double Penalty { get; init; } = 10;

    /// <summary>β₂ of both Adams.</summary>
    [Range(0, 0.99999)]
    public double Beta2 { get; init; } = 0.9;
}
