using System.ComponentModel.DataAnnotations;
using Understudy.Generation.Gan;

namespace Understudy.Generation.PrivateGans;

/// <summary>What a GS-WGAN may be told. A step is one of the generator. The paper's numbers (1,000 shards, 2,000 steps to warm up, 20,000 steps) want a graphics card.</summary>
public sealed record GsWganOptions : GanOptions
{
    /// <summary>Creates the defaults.</summary>
    public GsWganOptions()
    {
        (Steps, BatchSize, LatentSize, Width) = (1000, 32, 10, 16);
        (LearningRateD, LearningRateG) = (1e-4, 1e-4);
    }

    /// <summary>ε of the whole training, at the study's δ.</summary>
    [Range(1e-3, 1e3)]
    public double Epsilon { get; init; } = 10;

    /// <summary>S: critics, each on records of its own.</summary>
    [Range(1, 100_000)]
    public int Shards { get; init; } = 100;

    /// <summary>Steps of a critic before the generator's first look at it.</summary>
    [Range(0, 10_000_000)]
    public int WarmUp { get; init; } = 100;

    /// <summary>Steps of the chosen critic for one of the generator.</summary>
    [Range(0, 10_000)]
    public int CriticSteps { get; init; } = 5;

    /// <summary>C: what the gradient by a whole batch of generated images is brought down to, in L2 norm.</summary>
    [Range(1e-9, 1e9)]
    public double ClipNorm { get; init; } = 1;

    /// <summary>λ of the gradient penalty.</summary>
    [Range(0, 1e6)]
    public double GradientPenalty { get; init; } = 10;

    /// <summary>Weight of the mean of D(x)², which keeps a critic's values near 0.</summary>
    [Range(0, 1e6)]
    public double Drift { get; init; } = 1e-3;
}
