namespace Understudy.Data.Attributes;

/// <summary>Gives images an attribute.</summary>
public static class ControlledAttributes
{
    private const double Lean = 0.35; // columns a row
    private static readonly double[][] Tints = [[1, 0.6, 0.25], [0.25, 0.6, 1]];

    /// <summary>Names of the two values, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names(ControlledAttribute attribute) => attribute switch
    {
        ControlledAttribute.Thickness => ["thin", "thick"],
        ControlledAttribute.Slant => ["left", "right"],
        ControlledAttribute.Tint => ["orange", "blue"],
        _ => ["plain", "inverted"],
    };

    /// <summary>A value for every image, 0 or 1, as a fair coin falls: it has nothing to do with what the image shows.</summary>
    /// <param name="count">Images.</param>
    /// <param name="seed">Of the coin.</param>
    public static int[] Toss(int count, ulong seed) => [.. Enumerable.Range(0, count).Select(i => SplitMix64.ForDraw(seed, i).NextInt(2))];

    /// <summary>A copy of every image with the attribute of that value; labels and groups stay.</summary>
    /// <param name="images">Images; grey ones for <see cref="ControlledAttribute.Tint"/>, which then have three channels.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="values">[N] 0 or 1.</param>
    /// <exception cref="InputException">The images have colours, and a tint was asked for.</exception>
    public static ImageSet Apply(ImageSet images, ControlledAttribute attribute, ReadOnlySpan<int> values)
    {
        if (attribute == ControlledAttribute.Tint && images.Shape.Channels != 1)
            throw new InputException("images have colours already, and a tint is given to grey ones; choose thickness, slant or polarity");
        var shape = attribute == ControlledAttribute.Tint ? images.Shape with { Channels = 3 } : images.Shape;
        var pixels = new byte[images.Count * shape.Length];
        for (var i = 0; i < images.Count; i++) Apply(images.Image(i), pixels.AsSpan(i * shape.Length, shape.Length), images.Shape, attribute, values[i]);
        return new ImageSet(shape, pixels, images.Labels, images.Labels is null ? null : images.ClassNames, images.Groups);
    }

    private static void Apply(ReadOnlySpan<byte> image, Span<byte> result, ImageShape shape, ControlledAttribute attribute, int value)
    {
        switch (attribute)
        {
            case ControlledAttribute.Tint:
                for (var c = 0; c < 3; c++)
                {
                    for (var p = 0; p < image.Length; p++) result[c * image.Length + p] = (byte)Math.Round(image[p] * Tints[value][c]);
                }
                break;
            case ControlledAttribute.Polarity when value == 1:
                for (var p = 0; p < image.Length; p++) result[p] = (byte)(byte.MaxValue - image[p]);
                break;
            case ControlledAttribute.Thickness when value == 1:
                Thicken(image, result, shape);
                break;
            case ControlledAttribute.Slant:
                Shear(image, result, shape, value == 1 ? Lean : -Lean);
                break;
            default:
                image.CopyTo(result);
                break;
        }
    }

    /// <summary>The brightest of each pixel and its eight neighbours.</summary>
    private static void Thicken(ReadOnlySpan<byte> image, Span<byte> result, ImageShape shape)
    {
        var (channels, height, width) = shape;
        for (var c = 0; c < channels; c++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    byte most = 0;
                    for (var v = Math.Max(0, y - 1); v <= Math.Min(height - 1, y + 1); v++)
                    {
                        for (var u = Math.Max(0, x - 1); u <= Math.Min(width - 1, x + 1); u++) most = Math.Max(most, image[(c * height + v) * width + u]);
                    }
                    result[(c * height + y) * width + x] = most;
                }
            }
        }
    }

    /// <summary>Moves rows above the middle to the right and those below to the left by that many columns a row, linearly between pixels; 0 comes into view.</summary>
    private static void Shear(ReadOnlySpan<byte> image, Span<byte> result, ImageShape shape, double lean)
    {
        var (channels, height, width) = shape;
        for (var row = 0; row < channels * height; row++)
        {
            var shift = lean * ((height - 1) / 2.0 - row % height);
            for (var x = 0; x < width; x++)
            {
                var from = x - shift;
                var left = (int)Math.Floor(from);
                var share = from - left;
                result[row * width + x] = (byte)Math.Round((1 - share) * At(image, left) + share * At(image, left + 1));
            }

            double At(ReadOnlySpan<byte> pixels, int x) => x >= 0 && x < width ? pixels[row * width + x] : 0;
        }
    }
}
