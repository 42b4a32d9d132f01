using System.Numerics.Tensors;
using Understudy.Attacks;

namespace Understudy.Studies.Grids;

/// <summary>What a classifier says of some images.</summary>
/// <param name="Probabilities">[N, K] row-major.</param>
/// <param name="Labels">[N] true classes.</param>
internal sealed record Answers(float[] Probabilities, int[] Labels)
{
    /// <summary>K.</summary>
    public int Classes => Probabilities.Length / Math.Max(1, Labels.Length);

    /// <summary>The most probable class of each image, and the right one.</summary>
    public SecretGuesses Guesses() => new([.. Labels.Select((_, i) => TensorPrimitives.IndexOfMax(Probabilities.AsSpan(i * Classes, Classes)))], Labels);

    /// <summary>[N] whether the most probable class is the right one.</summary>
    public bool[] Right() => [.. Guesses().Guessed.Zip(Labels, (guessed, label) => guessed == label)];

    /// <summary>Share of images that are recognised.</summary>
    public double Accuracy() => Right().Count(right => right) / (double)Math.Max(1, Labels.Length);

    /// <summary>The answers of some of the images.</summary>
    public Answers Of(int[] indices) => new([.. indices.SelectMany(i => Probabilities.AsSpan(i * Classes, Classes).ToArray())], [.. indices.Select(i => Labels[i])]);
}
