using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;

namespace Understudy.Sampling.Walk;

/// <summary>Walks through a latent space.</summary>
/// <param name="Latents">[P, T, nz] the points, both ends included.</param>
/// <param name="Labels">[P] the class of each walk.</param>
/// <param name="ClassNames">[K] names of the classes.</param>
/// <param name="Points">T.</param>
/// <param name="LatentSize">nz.</param>
public sealed record LatentPaths(float[] Latents, IReadOnlyList<int> Labels, IReadOnlyList<string> ClassNames, int Points, int LatentSize)
{
    /// <summary>P.</summary>
    public int Count => Labels.Count;

    /// <summary>The images between the ends, path by path: what a walk releases.</summary>
    public ImageSet Interior(ILatentGenerator generator) => Decode(generator, 1, Points - 2, [.. Enumerable.Range(0, Count)]);

    /// <summary>All T images of one walk, in order.</summary>
    public ImageSet Frames(ILatentGenerator generator, int path) => Decode(generator, 0, Points, [path]);

    private ImageSet Decode(ILatentGenerator generator, int first, int count, int[] paths)
    {
        var values = new float[paths.Length * count * LatentSize];
        for (var i = 0; i < paths.Length; i++)
            Latents.AsSpan(((paths[i] * Points) + first) * LatentSize, count * LatentSize).CopyTo(values.AsSpan(i * count * LatentSize));
        int[] labels = [.. paths.SelectMany(path => Enumerable.Repeat(Labels[path], count))];
        return LatentImages.Decode(generator, new FeatureMatrix(values, paths.Length * count, LatentSize), labels, ClassNames);
    }
}
