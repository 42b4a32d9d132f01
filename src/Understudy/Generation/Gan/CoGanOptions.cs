using Understudy.Generation.Translation;

namespace Understudy.Generation.Gan;

/// <summary>What a CoGAN may be told.</summary>
public sealed record CoGanOptions : GanOptions
{
    /// <summary>A batch for each of two domains, and equal rates that keep both games even.</summary>
    public CoGanOptions() => (BatchSize, LearningRateD, LearningRateG) = (64, 5e-4, 5e-4);

    /// <summary>What makes the second domain of the images.</summary>
    public ImageTask SecondDomain { get; init; } = ImageTask.Inverted;
}
