using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;

namespace Understudy.Sampling.Inversion;

/// <summary>Errors that an inversion must stay below to mean anything, of each image, on [-1, 1].</summary>
public static class ReconstructionBaselines
{
    // A difference of pixel values 0 to 255, squared, on [-1, 1].
    private const double SignedUnit = 4.0 / (byte.MaxValue * byte.MaxValue);

    /// <summary>Error of the closest training image: a model that knows only its training images does no better.</summary>
    /// <param name="images">N images.</param>
    /// <param name="training">What the model was trained on.</param>
    public static double[] NearestTrainingImage(ImageSet images, ImageSet training) =>
        [.. NearestNeighbours.Find(images, training).SquaredDistances.Select(square => SignedUnit * square / images.Shape.Length)];

    /// <summary>Error of the mean training image.</summary>
    /// <param name="images">N images.</param>
    /// <param name="training">What the model was trained on.</param>
    public static double[] MeanImage(ImageSet images, ImageSet training)
    {
        var mean = new double[training.Shape.Length];
        for (var i = 0; i < training.Count; i++)
        {
            var image = training.Image(i);
            for (var p = 0; p < mean.Length; p++) mean[p] += image[p] / (double)training.Count;
        }
        return [.. Enumerable.Range(0, images.Count).Select(i => Error(images.Image(i), p => mean[p]))];
    }

    /// <summary>Error of an image from a random latent vector.</summary>
    /// <param name="images">N images, with labels if the generator knows classes.</param>
    /// <param name="generator">Makes the others.</param>
    /// <param name="seed">Of the latent vectors.</param>
    public static double[] RandomLatent(ImageSet images, ILatentGenerator generator, ulong seed)
    {
        var labels = generator.ClassNames.Count == 0 ? null : images.Labels;
        var drawn = LatentImages.Decode(generator, LatentImages.Draw(generator, labels, images.Count, seed), labels);
        return [.. Enumerable.Range(0, images.Count).Select(i => Error(images.Image(i), p => drawn.Image(i)[p]))];
    }

    private static double Error(ReadOnlySpan<byte> image, Func<int, double> other)
    {
        double sum = 0;
        for (var p = 0; p < image.Length; p++) sum += Math.Pow(image[p] - other(p), 2);
        return SignedUnit * sum / image.Length;
    }
}
