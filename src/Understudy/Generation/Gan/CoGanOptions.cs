using Understudy.Generation.Translation;

namespace Understudy.Generation.Gan;

/// <summary>What a CoGAN may be told.</summary>
public sealed record CoGanOptions : GanOptions
{
    /// <summary>A batch for each of two domains.</summary>
    public CoGanOptions() => BatchSize = 64;

    /// <summary>What makes the second domain of the images.</summary>
    public ImageTask SecondDomain { get; init; } = ImageTask.Edges;
}
