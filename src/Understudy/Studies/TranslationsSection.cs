using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies;

/// <summary>What the study's methods make of the sources of test images: those that translate, and pairs of those that draw two domains.</summary>
public sealed record TranslationsSection
{
    /// <summary>Test images that are measured; all where there are fewer.</summary>
    [Range(10, 1_000_000)]
    public int Images { get; init; } = 1000;

    /// <summary>Images in a picture.</summary>
    [Range(1, 100)]
    public int Shown { get; init; } = 12;

    /// <summary>Quality of the JPEG between there and back, 1 to 100.</summary>
    [Range(1, 100)]
    public int JpegQuality { get; init; } = 75;
}
