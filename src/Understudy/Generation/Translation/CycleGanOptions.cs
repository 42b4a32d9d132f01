using System.ComponentModel.DataAnnotations;
using Understudy.Generation.Gan;

namespace Understudy.Generation.Translation;

/// <summary>What CycleGAN may be told.</summary>
public sealed record CycleGanOptions : GanOptions
{
    /// <summary>Small batches, and networks that are narrower for being deeper.</summary>
    public CycleGanOptions() => (BatchSize, Width, Steps) = (8, 32, 6000);

    /// <summary>What makes the other domain of the images.</summary>
    public ImageTask Source { get; init; } = ImageTask.Inverted;

    /// <summary>Residual blocks in each translator; 3 suit 32×32, 6 suit 128×128.</summary>
    [Range(1, 32)]
    public int Blocks { get; init; } = 3;

    /// <summary>Weight of the cycles.</summary>
    [Range(0, 1e4)]
    public double CycleWeight { get; init; } = 10;

    /// <summary>Weight of leaving alone what is in the target domain already, where both domains have as many channels.</summary>
    [Range(0, 1e4)]
    public double IdentityWeight { get; init; } = 5;
}
