using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Torch;

namespace Understudy.Sampling;

/// <summary>How well an encoder inverts the generator that was trained beside it: how much of z is in E(G(z)).</summary>
public static class CodeRecovery
{
    /// <summary>R² of E(G(z)) for z of the prior: 1 where every z is found again, 0 where the mean of all z would do as well, negative where it would do better.</summary>
    /// <param name="generator">G; it knows no classes.</param>
    /// <param name="encoder">E.</param>
    /// <param name="count">Vectors drawn, at least 2.</param>
    /// <param name="seed">Same seed, same vectors.</param>
    public static double Measure(ILatentSynthesizer generator, IEncodesImages encoder, int count, ulong seed)
    {
        FeatureMatrix drawn;
        ImageSet images;
        using (var latents = generator.OpenLatents())
        {
            drawn = LatentImages.Draw(latents, labels: null, count, seed);
            images = LatentImages.Decode(latents, drawn);
        }
        using var scope = new TensorScope();
        return Explained(drawn, new FeatureMatrix(encoder.Encode(images).ToArray<float>(), count, drawn.Dimension));
    }

    /// <summary>1 − Σ ‖z − ẑ‖² / Σ ‖z − z̄‖², z̄ the mean of all z.</summary>
    /// <param name="drawn">[N, nz] z.</param>
    /// <param name="found">[N, nz] ẑ.</param>
    internal static double Explained(FeatureMatrix drawn, FeatureMatrix found)
    {
        var (nz, means) = (drawn.Dimension, new double[drawn.Dimension]);
        for (var i = 0; i < drawn.Values.Length; i++) means[i % nz] += drawn.Values[i] / (double)drawn.Count;
        double error = 0, spread = 0;
        for (var i = 0; i < drawn.Values.Length; i++)
        {
            error += Math.Pow(drawn.Values[i] - found.Values[i], 2);
            spread += Math.Pow(drawn.Values[i] - means[i % nz], 2);
        }
        return 1 - (error / spread);
    }
}
