using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>Whether a translation there and back returns the image, and whether it cheats by hiding the image in noise that no one sees.</summary>
/// <remarks>Chu, Zhmoginov, Sandler, "CycleGAN, a Master of Steganography", 2017, 1712.02950: what is hidden does not survive JPEG.</remarks>
/// <param name="Plain">Mean absolute error of a pixel, in grey levels, after there and back.</param>
/// <param name="Compressed">The same with JPEG in between.</param>
public sealed record CycleConsistency(double Plain, double Compressed)
{
    /// <summary>How many times the error grows when what is between is compressed; far above 1 where much is hidden.</summary>
    public double Ratio => Compressed / Math.Max(Plain, 1);

    /// <summary>Measures it.</summary>
    /// <param name="there">The translation.</param>
    /// <param name="back">The way back.</param>
    /// <param name="images">Images to send, of the first domain; of pairs the images alone are compressed and compared, and masks go along.</param>
    /// <param name="quality">JPEG's, 1 to 100.</param>
    public static CycleConsistency Measure(Func<ImageSet, ImageSet> there, Func<ImageSet, ImageSet> back, ImageSet images, int quality = 75)
    {
        var between = there(images);
        return new CycleConsistency(Error(images, back(between)), Error(images, back(Compress(between, quality))));
    }

    private static ImageSet Compress(ImageSet set, int quality)
    {
        var pixels = (byte[])set.Pixels.Clone();
        var images = WithoutMasks(set);
        var (channels, height, width) = images.Shape;
        for (var i = 0; i < set.Count; i++)
        {
            var file = ImageCodec.Encode(ImageGrid.Tile(images.Subset([i]), 1, 1), ImageFormat.Jpeg, quality);
            var samples = ImageCodec.Decode(file, "translation").Samples; // [H, W, C]
            for (var p = 0; p < height * width; p++)
            {
                for (var c = 0; c < channels; c++) pixels[(i * set.Shape.Length) + (c * height * width) + p] = (byte)samples[(p * channels) + c];
            }
        }
        return new ImageSet(set.Shape, pixels);
    }

    private static double Error(ImageSet expected, ImageSet actual) =>
        WithoutMasks(expected).Pixels.Zip(WithoutMasks(actual).Pixels, (a, b) => Math.Abs(a - b)).Average();

    private static ImageSet WithoutMasks(ImageSet set) => set.Shape.HasMask ? ImagePairs.Images(set) : set;
}
