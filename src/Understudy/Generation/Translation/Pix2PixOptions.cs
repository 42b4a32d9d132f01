using System.ComponentModel.DataAnnotations;
using Understudy.Generation.Gan;

namespace Understudy.Generation.Translation;

/// <summary>What pix2pix may be told.</summary>
public sealed record Pix2PixOptions : GanOptions
{
    /// <summary>Small batches, and networks that are narrower for being deeper.</summary>
    public Pix2PixOptions() => (BatchSize, Width) = (16, 32);

    /// <summary>What is made of an image to be translated back into it; of pairs, their masks.</summary>
    public ImageTask Source { get; init; } = ImageTask.Edges;

    /// <summary>λ, the weight of the mean absolute error.</summary>
    [Range(0, 1e4)]
    public double L1Weight { get; init; } = 100;

    /// <summary>Probability of dropout in the decoder, the translator's only noise.</summary>
    [Range(0, 0.9)]
    public double Dropout { get; init; } = 0.5;
}
