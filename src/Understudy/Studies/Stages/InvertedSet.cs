using Understudy.Metrics;
using Understudy.Sampling.Inversion;

namespace Understudy.Studies.Stages;

/// <summary>What inverting some images gave, as it is kept in the run.</summary>
/// <param name="Errors">[N] mean squared error of each image, on [-1, 1].</param>
/// <param name="Norms">[N] ‖z‖.</param>
/// <param name="Latents">[N, nz].</param>
/// <param name="LatentSize">nz.</param>
/// <param name="Corrected">Images whose latent vector was replaced by the corrected one.</param>
internal sealed record InvertedSet(double[] Errors, double[] Norms, float[] Latents, int LatentSize, int Corrected)
{
    public static InvertedSet Of(InversionResult result) => new(result.Errors, result.Norms, result.Latents.Values, result.Latents.Dimension, result.Corrected);

    public FeatureMatrix Matrix() => new(Latents, Errors.Length, LatentSize);
}
