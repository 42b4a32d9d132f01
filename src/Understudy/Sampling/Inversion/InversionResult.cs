using System.Numerics.Tensors;
using Understudy.Metrics;

namespace Understudy.Sampling.Inversion;

/// <summary>Latent vectors whose images come near to given ones.</summary>
/// <param name="Latents">[N, nz].</param>
/// <param name="Errors">[N] mean squared difference over channels and pixels, on [-1, 1].</param>
/// <param name="Corrected">Images whose latent vector was replaced by the corrected one.</param>
/// <param name="Curve">Iterations done, and the loss of an image then, on average over images: first start only.</param>
public sealed record InversionResult(FeatureMatrix Latents, double[] Errors, int Corrected, IReadOnlyList<(int Iteration, double Loss)> Curve)
{
    /// <summary>[N] ‖z‖, which the prior puts near √nz.</summary>
    public double[] Norms => [.. Enumerable.Range(0, Latents.Count).Select(i => (double)TensorPrimitives.Norm(Latents.Row(i)))];
}
