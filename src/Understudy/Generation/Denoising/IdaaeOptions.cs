using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Denoising;

/// <summary>What an integrating denoising adversarial autoencoder may be told.</summary>
public sealed record IdaaeOptions : DaaeOptions
{
    /// <summary>M: corrupted copies of an image whose codes are averaged.</summary>
    [Range(1, 1000)]
    public int Copies { get; init; } = 5;

    /// <summary>Averages the corrupted images and encodes the average, as a published implementation does, in place of averaging codes.</summary>
    public bool ReproduceQuirk { get; init; }
}
