using System.ComponentModel.DataAnnotations;

namespace Understudy.Generation.Denoising;

/// <summary>What a semi-supervised denoising adversarial autoencoder may be told.</summary>
public sealed record SsDaaeOptions
{
    /// <summary>Labelled images that it may use, chosen in the proportions of the classes; 0 for all. The others are used without their labels.</summary>
    [Range(0, 100_000_000)]
    public int Labels { get; init; }

    /// <summary>Training steps.</summary>
    [Range(1, 10_000_000)]
    public int Steps { get; init; } = 2000;

    /// <summary>Labelled images in a batch, with as many unlabelled ones beside them.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 32;

    /// <summary>nz: numbers in a code z.</summary>
    [Range(1, 4096)]
    public int LatentSize { get; init; } = 200;

    /// <summary>f: channels of the layer nearest the image.</summary>
    [Range(1, 1024)]
    public int Width { get; init; } = 64;

    /// <summary>σ of the noise added to images, in units of pixel values 0 to 1; 0 leaves them clean.</summary>
    [Range(0.0, 10.0)]
    public double Sigma { get; init; } = 0.25;

    /// <summary>Learning rate of every Adam.</summary>
    [Range(1e-8, 1)]
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>Weight of L_rec; 0 leaves a supervised classifier of the same network that sees no unlabelled image.</summary>
    [Range(0.0, 1e6)]
    public double ReconstructionWeight { get; init; } = 1;

    /// <summary>a_z, weight of the loss that makes codes look like N(0, I); 0 leaves it out.</summary>
    [Range(0.0, 1e6)]
    public double CodeWeight { get; init; } = 1;

    /// <summary>a_y, weight of the loss that makes predicted classes look like certain ones, each as likely; 0 leaves it out.</summary>
    [Range(0.0, 1e6)]
    public double LabelWeight { get; init; } = 0.1;

    /// <summary>ρ, weight of the class loss on labelled images.</summary>
    [Range(0.0, 1e6)]
    public double ClassWeight { get; init; } = 10;

    /// <summary>Steps during which a predicted class is not taught by the reconstruction, lest all images get the same one.</summary>
    [Range(0, 10_000_000)]
    public int DetachSteps { get; init; } = 300;

    /// <summary>Steps from one checkpoint, with its sample grid, to the next.</summary>
    [Range(1, 10_000_000)]
    public int CheckpointEvery { get; init; } = 500;
}
