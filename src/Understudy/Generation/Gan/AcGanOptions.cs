using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Gan;

/// <summary>What an AC-GAN may be told.</summary>
public sealed record AcGanOptions : LabelledGanOptions
{
    /// <summary>λ, the weight of the class loss in the generator's.</summary>
    [Range(0, 100)]
    public double ClassWeight { get; init; } = 0.2;
}
