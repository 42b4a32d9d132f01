namespace Understudy.Data;

/// <summary>Tiles images of a set into one picture.</summary>
public static class ImageGrid
{
    private const byte Background = 255;
    private const int Slices = 4;

    /// <summary>Tiles the first rows × columns images, row by row, on white; cells beyond the last image stay white. A mask stands right of its image; of a volume some slices stand side by side.</summary>
    /// <param name="set">The images.</param>
    /// <param name="rows">Rows of images, at least 1.</param>
    /// <param name="columns">Columns of images, at least 1.</param>
    /// <param name="gap">White pixels between images.</param>
    /// <param name="scale">Side of the square that each pixel becomes, at least 1.</param>
    public static Raster Tile(ImageSet set, int rows, int columns, int gap = 1, int scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(gap, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        set = set.Shape.IsVolume ? SideBySide(set) : ImagePairs.SideBySide(set);
        var (channels, height, width) = set.Shape;
        var shape = new ImageShape(channels, checked(rows * (height * scale + gap) - gap), checked(columns * (width * scale + gap) - gap));
        var samples = new ushort[checked(shape.Height * shape.Width * channels)];
        samples.AsSpan().Fill(Background);
        for (var i = 0; i < Math.Min(set.Count, rows * columns); i++)
        {
            var image = set.Image(i);
            var top = i / columns * (height * scale + gap);
            var left = i % columns * (width * scale + gap);
            for (var y = 0; y < height * scale; y++)
            {
                for (var x = 0; x < width * scale; x++)
                {
                    for (var c = 0; c < channels; c++)
                        samples[((top + y) * shape.Width + left + x) * channels + c] = image[(c * height + y / scale) * width + x / scale];
                }
            }
        }
        return new Raster(shape, 8, samples);
    }

    /// <summary>Writes such a picture as a PNG file; see <see cref="Tile"/>.</summary>
    public static void Write(string path, ImageSet set, int rows, int columns, int gap = 1, int scale = 1)
    {
        var file = ImageCodec.Encode(Tile(set, rows, columns, gap, scale), ImageFormat.Png);
        AtomicFile.Write(path, stream => stream.Write(file));
    }

    /// <summary>Slices in the middles of as many equal parts of each volume, front to back: [N, 1, H, slices · W].</summary>
    private static ImageSet SideBySide(ImageSet volumes)
    {
        var (depth, height, width) = volumes.Shape;
        var count = Math.Min(Slices, depth);
        var strips = new byte[volumes.Count * height * count * width];
        for (var row = 0; row < volumes.Count * height; row++)
        {
            var (i, y) = Math.DivRem(row, height);
            for (var s = 0; s < count; s++)
            {
                var slice = ((2 * s) + 1) * depth / (2 * count);
                volumes.Image(i).Slice(((slice * height) + y) * width, width).CopyTo(strips.AsSpan(((row * count) + s) * width));
            }
        }
        return new ImageSet(new ImageShape(1, height, count * width), strips);
    }
}
