using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

/// <summary>Seeded random inputs.</summary>
internal static class Samples
{
    public static double[] Normal(Random random, int count, double mean)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = mean + MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
        return values;
    }

    public static FeatureMatrix NormalFeatures(int seed, int count, int dimension, double mean = 0, double scale = 1)
    {
        var normal = Normal(new Random(seed), count * dimension, 0);
        return new FeatureMatrix([.. normal.Select(v => (float)(mean + scale * v))], count, dimension);
    }

    /// <summary>Images of independent uniform bytes.</summary>
    public static ImageSet NoiseImages(int seed, int count, int side = 8) => Images.Noise(count, height: side, width: side, seed: seed);

    public static ImageSet Concat(params ReadOnlySpan<ImageSet> sets)
    {
        var pixels = new List<byte>();
        foreach (var set in sets) pixels.AddRange(set.Pixels);
        return new ImageSet(sets[0].Shape, [.. pixels]);
    }
}
