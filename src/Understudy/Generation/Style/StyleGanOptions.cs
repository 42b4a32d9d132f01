using System.ComponentModel.DataAnnotations;
using Understudy.Generation.Gan;

namespace Understudy.Generation.Style;

/// <summary>What the style-based GAN may be told.</summary>
public sealed record StyleGanOptions : GanOptions
{
    /// <summary>A discriminator without normalisation learns ten times as fast: at the generator's rate it never tells real images from generated ones.</summary>
    public StyleGanOptions() => LearningRateD = 2e-3;

    /// <summary>Entries of w, and width of the layers of the mapping network.</summary>
    [Range(1, 4096)]
    public int StyleSize { get; init; } = 64;

    /// <summary>Layers of the mapping network.</summary>
    [Range(1, 16)]
    public int MappingLayers { get; init; } = 3;

    /// <summary>γ of the R₁ penalty γ/2 · E ‖∇D(x)‖² on real images.</summary>
    [Range(0, 1e6)]
    public double Penalty { get; init; } = 0.2;
}
