using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Classification;

/// <summary>
/// Output perturbation: a classifier that answers with noise on its logits. The noise is a function of a secret and of the answer, so that asking again shows nothing new;
/// it makes attacks harder and promises nothing.
/// </summary>
/// <param name="standardDeviation">Of the noise on each logit, above 0.</param>
/// <param name="secret">Same secret, same noise.</param>
public sealed class OutputNoise(double standardDeviation, ulong secret)
{
    /// <summary>The probabilities with noise.</summary>
    /// <param name="probabilities">[N, K] row-major.</param>
    /// <param name="classes">K.</param>
    public float[] Apply(ReadOnlySpan<float> probabilities, int classes)
    {
        var noised = new float[probabilities.Length];
        var logits = new float[classes];
        for (var start = 0; start < noised.Length; start += classes)
        {
            var row = probabilities.Slice(start, classes);
            var answer = BitConverter.ToUInt64(SHA256.HashData(MemoryMarshal.AsBytes(row)));
            for (var k = 0; k < classes; k++)
            {
                var uniform = new Data.SplitMix64(Seed.Derive(secret ^ answer, "output noise", k)).NextPositiveFraction();
                logits[k] = MathF.Log(MathF.Max(row[k], float.Epsilon)) + (float)(standardDeviation * Distributions.NormalQuantile(uniform));
            }
            TensorPrimitives.SoftMax<float>(logits, noised.AsSpan(start, classes));
        }
        return noised;
    }
}
