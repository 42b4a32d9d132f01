using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>How far reconstructions are from the images they were made of.</summary>
public static class ReconstructionError
{
    /// <summary>Mean squared error of each image, [N], pixel values 0 to 1.</summary>
    /// <exception cref="InputException">The sets differ in shape or number.</exception>
    public static double[] Of(ImageSet images, ImageSet reconstructions)
    {
        if (images.Shape != reconstructions.Shape || images.Count != reconstructions.Count)
            throw new InputException($"{images.Count} images of {images.Shape} and {reconstructions.Count} reconstructions of {reconstructions.Shape} cannot be compared");
        var errors = new double[images.Count];
        for (var i = 0; i < errors.Length; i++)
        {
            var sum = 0L;
            ReadOnlySpan<byte> x = images.Image(i), y = reconstructions.Image(i);
            for (var p = 0; p < x.Length; p++) sum += (x[p] - y[p]) * (x[p] - y[p]);
            errors[i] = sum / (255.0 * 255) / x.Length;
        }
        return errors;
    }
}
