using System.ComponentModel.DataAnnotations;

namespace Understudy.Sampling.Inversion;

/// <summary>How generators are inverted.</summary>
public record InversionOptions
{
    /// <summary>Steps from each start.</summary>
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 1000;

    /// <summary>Learning rate at the start; it falls to 0 along a half cosine, but stays as it is as published.</summary>
    [Range(1e-8, 10)]
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Weight of the prior: α in mse − α · mean log N(z; 0, 1).</summary>
    [Range(0, 1e6)]
    public double Alpha { get; init; }

    /// <summary>What is minimised beside the prior.</summary>
    public ReconstructionLoss Reconstruction { get; init; } = ReconstructionLoss.Mse;

    /// <summary>Where latent vectors should lie.</summary>
    public LatentPrior Prior { get; init; } = LatentPrior.Normal;

    /// <summary>What moves them.</summary>
    public InversionOptimiser Optimiser { get; init; } = InversionOptimiser.Adam;

    /// <summary>R: random starts, of which the best is kept for each image.</summary>
    [Range(1, 100)]
    public int Restarts { get; init; } = 3;

    /// <summary>Steps from the corrected vector, in which entries beyond ±3 are drawn anew and the length is √nz; 0 for no correction.</summary>
    [Range(0, 1_000_000)]
    public int CorrectionIterations { get; init; } = 500;

    /// <summary>Images at a time; it changes memory and no result.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 250;

    /// <summary>Whether the loss is the mean over the batch and the last latent vector counts, as published; otherwise it is a sum, and the best counts.</summary>
    public bool AsPublished { get; init; }

    /// <summary>The published procedure: RMSprop of 0.01 on the mean over the batch, one start, no correction, the last latent vector.</summary>
    /// <param name="alpha">0.01 for photographs, 0 for Omniglot.</param>
    /// <param name="iterations">5000 for 64×64 images.</param>
    public static InversionOptions Published(double alpha, int iterations) => new()
    {
        Iterations = iterations,
        LearningRate = 0.01,
        Alpha = alpha,
        Optimiser = InversionOptimiser.RmsProp,
        Restarts = 1,
        CorrectionIterations = 0,
        BatchSize = 500,
        AsPublished = true,
    };
}
