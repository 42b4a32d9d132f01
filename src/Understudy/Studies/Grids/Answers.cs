using System.Numerics.Tensors;

namespace Understudy.Studies.Grids;

/// <summary>What a classifier says of some images.</summary>
/// <param name="Probabilities">[N, K] row-major.</param>
/// <param name="Labels">[N] true classes.</param>
internal sealed record Answers(float[] Probabilities, int[] Labels)
{
    /// <summary>K.</summary>
    public int Classes => Probabilities.Length / Math.Max(1, Labels.Length);

    /// <summary>[N] whether the most probable class is the right one.</summary>
    public bool[] Right() => [.. Labels.Select((label, i) => TensorPrimitives.IndexOfMax(Probabilities.AsSpan(i * Classes, Classes)) == label)];

    /// <summary>Share of images that are recognised.</summary>
    public double Accuracy() => Right().Count(right => right) / (double)Math.Max(1, Labels.Length);

    /// <summary>The answers of some of the images.</summary>
    public Answers Of(int[] indices) => new([.. indices.SelectMany(i => Probabilities.AsSpan(i * Classes, Classes).ToArray())], [.. indices.Select(i => Labels[i])]);
}
