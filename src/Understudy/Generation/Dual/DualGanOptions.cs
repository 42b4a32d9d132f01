using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Dual;

/// <summary>What a Dual GAN may be told: stage I draws masks, stage II paints images onto them.</summary>
public record DualGanOptions
{
    private const int LargeSide = 128;
    private const double LambdaOfLarge = 100;
    private const double LambdaOfSmall = 25;

    /// <summary>Steps of stage I: one of the discriminator and two of the generator each.</summary>
    [Range(1, 10_000_000)]
    public int MaskSteps { get; init; } = 2000;

    /// <summary>Steps of stage II: one of the discriminator and one of the generator each.</summary>
    [Range(1, 10_000_000)]
    public int ImageSteps { get; init; } = 2000;

    /// <summary>Records in a batch of either stage.</summary>
    [Range(2, 65536)]
    public int BatchSize { get; init; } = 16;

    /// <summary>nz: numbers in the noise vector that stage I makes a mask of.</summary>
    [Range(1, 4096)]
    public int LatentSize { get; init; } = 100;

    /// <summary>f of stage I: channels of the layer nearest the mask.</summary>
    [Range(1, 1024)]
    public int MaskWidth { get; init; } = 16;

    /// <summary>f of stage II: channels at the image's own size.</summary>
    [Range(1, 1024)]
    public int ImageWidth { get; init; } = 16;

    /// <summary>Learning rate of every Adam.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>β₁ of every Adam; β₂ is 0.999.</summary>
    [Range(0, 0.999)]
    public double Beta1 { get; init; } = 0.5;

    /// <summary>λ, the weight of the L1 distance to the real image in stage II; null for 100 at 128×128 and above, 25 below.</summary>
    [Range(0.0, 1e6)]
    public double? Lambda { get; init; }

    /// <summary>
    /// σ of the noise through which stage I's discriminator sees masks, at the first step; it fades to 0.01. Large masks, black and white to the last pixel, otherwise give drawn ones away before
    /// the generator has learnt anything.
    /// </summary>
    [Range(0.0, 10)]
    public double MaskNoise { get; init; }

    /// <summary>Whether dropout is at work when images are painted, as in pix2pix, so that one mask has many images; without it what is painted is their mean, and what learns from it finds less.</summary>
    public bool NoisyPainting { get; init; } = true;

    /// <summary>Whether masks are lines a pixel or two wide, such as vessels: cleaning then takes away single pixels alone, and stage II learns from no mask that was shrunk.</summary>
    public bool ThinMasks { get; init; }

    /// <summary>Steps from one checkpoint, with its grid, to the next.</summary>
    [Range(1, 10_000_000)]
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>How masks are cleaned.</summary>
    internal MaskCleaning Cleaning => ThinMasks ? MaskCleaning.Lines : MaskCleaning.Regions;

    /// <summary>λ for images of a height.</summary>
    internal double LambdaFor(int height) => Lambda ?? (height >= LargeSide ? LambdaOfLarge : LambdaOfSmall);
}
