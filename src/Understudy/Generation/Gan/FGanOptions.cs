namespace Understudy.Generation.Gan;

/// <summary>What an f-GAN may be told.</summary>
public sealed record FGanOptions : LossGanOptions
{
    /// <summary>A rate that the divergences with exponentials bear.</summary>
    public FGanOptions() => (LearningRateD, LearningRateG) = (1e-4, 1e-4);

    /// <summary>Which divergence is lowered.</summary>
    public Divergence Divergence { get; init; } = Divergence.JensenShannon;

    /// <summary>
    /// Whether the generator lowers the bound itself, which says next to nothing to it while the discriminator is sure; with <see cref="Divergence.Gan"/> it is the minimax game of the first GAN.
    /// </summary>
    public bool Saturating { get; init; }
}
