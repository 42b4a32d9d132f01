using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Sampling;

/// <summary>Latent vectors as arrays and as the images of a generator.</summary>
public static class LatentImages
{
    /// <summary>Images made at a time, however many there are.</summary>
    internal const int Batch = 256;

    /// <summary>The images of latent vectors.</summary>
    /// <param name="generator">Makes them.</param>
    /// <param name="latents">[N, nz].</param>
    /// <param name="labels">[N] the class of each, which the images will carry; needed by a generator that knows classes.</param>
    /// <param name="classNames">[K] names of the classes; those of the generator if null.</param>
    public static ImageSet Decode(ILatentGenerator generator, FeatureMatrix latents, int[]? labels = null, IReadOnlyList<string>? classNames = null)
    {
        using var noGrad = Autograd.NoGrad();
        var pixels = new byte[(long)latents.Count * generator.Shape.Length];
        for (var start = 0; start < latents.Count; start += Batch)
        {
            using var scope = new TensorScope();
            var count = Math.Min(Batch, latents.Count - start);
            var images = generator.Forward(Rows(latents, start, count, generator.Device), Classes(generator, labels, start, count));
            ImageTensors.ToPixels(images, PixelRange.SignedUnit).CopyTo(pixels, (long)start * generator.Shape.Length);
        }
        return ImagePairs.Binarise(new ImageSet(generator.Shape, pixels, labels, labels is null ? null : classNames ?? generator.ClassNames));
    }

    /// <summary>Latent vectors as the generator was trained on; the i-th depends on the seed and on i alone.</summary>
    /// <param name="generator">Draws them.</param>
    /// <param name="labels">[N] classes for a generator that knows classes; otherwise null.</param>
    /// <param name="count">N.</param>
    /// <param name="seed">Same seed, same vectors.</param>
    /// <returns>[N, nz].</returns>
    public static FeatureMatrix Draw(ILatentGenerator generator, int[]? labels, int count, ulong seed)
    {
        using var noGrad = Autograd.NoGrad();
        var values = new float[count * generator.LatentSize];
        for (var i = 0; i < count; i++)
        {
            using var scope = new TensorScope();
            TorchRuntime.ManualSeed(Seed.Derive(seed, "latent", i));
            generator.Draw(1, Classes(generator, labels, i, 1)).ToArray<float>().CopyTo(values, (long)i * generator.LatentSize);
        }
        return new FeatureMatrix(values, count, generator.LatentSize);
    }

    /// <summary>The classes that a generator is told, [B] Int64; null for one that knows none.</summary>
    internal static Tensor? Classes(ILatentGenerator generator, int[]? labels, int start, int count)
    {
        if (generator.ClassNames.Count == 0) return null;
        if (labels is null) throw new InputException("the generator draws images of a class, and the images have no labels; give them labels, or use an unconditional method");
        return Tensor.From(Array.ConvertAll(labels[start..(start + count)], label => (long)label)).To(generator.Device);
    }

    /// <summary>Rows of a matrix on a device, [count, D].</summary>
    internal static Tensor Rows(FeatureMatrix matrix, int start, int count, Device device) =>
        Tensor.From<float>(matrix.Values.AsSpan(start * matrix.Dimension, count * matrix.Dimension), count, matrix.Dimension).To(device);
}
