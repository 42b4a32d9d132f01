using System.Numerics.Tensors;
using Understudy.Metrics;

namespace Understudy.Sampling.Inversion;

/// <summary>Moves an attribute from one group of images to another by sums of latent vectors.</summary>
/// <remarks>Creswell and Bharath, 1802.05701: z = mean(A with the attribute) − mean(A) + mean(B).</remarks>
public static class LatentArithmetic
{
    /// <summary>What the attribute adds: mean(A with the attribute) − mean(A).</summary>
    /// <param name="withAttribute">[n, nz] those of A that have it.</param>
    /// <param name="all">[N, nz] all of A.</param>
    /// <returns>[nz].</returns>
    public static float[] Direction(FeatureMatrix withAttribute, FeatureMatrix all)
    {
        var direction = Mean(withAttribute);
        TensorPrimitives.Subtract(direction, Mean(all), direction);
        return direction;
    }

    /// <summary>Adds it to each of B, or to B's mean, which is a matrix of one row.</summary>
    /// <param name="latents">[N, nz].</param>
    /// <param name="direction">[nz].</param>
    /// <param name="strength">How many times.</param>
    public static FeatureMatrix Add(FeatureMatrix latents, float[] direction, double strength = 1)
    {
        var moved = latents.Values.ToArray();
        for (var i = 0; i < latents.Count; i++)
        {
            for (var d = 0; d < direction.Length; d++) moved[(i * direction.Length) + d] += (float)(strength * direction[d]);
        }
        return new FeatureMatrix(moved, latents.Count, latents.Dimension);
    }

    /// <summary>The mean of latent vectors, [nz].</summary>
    public static float[] Mean(FeatureMatrix latents)
    {
        ArgumentOutOfRangeException.ThrowIfZero(latents.Count);
        var mean = new float[latents.Dimension];
        for (var i = 0; i < latents.Count; i++) TensorPrimitives.Add(mean, latents.Row(i), mean);
        TensorPrimitives.Divide(mean, latents.Count, mean);
        return mean;
    }
}
