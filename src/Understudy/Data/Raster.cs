namespace Understudy.Data;

/// <summary>One image as a file holds it: interleaved channels, 8 or 16 bits each.</summary>
public sealed class Raster
{
    /// <summary>Creates an image over samples that it then owns.</summary>
    /// <param name="shape">Channels (1 or 3), height and width.</param>
    /// <param name="bits">8 or 16.</param>
    /// <param name="samples">[H, W, C] row-major, 0 to 2^bits − 1.</param>
    /// <exception cref="ArgumentException">The length is not that of the shape, or channels or bits are none of those above.</exception>
    public Raster(ImageShape shape, int bits, ushort[] samples)
    {
        if (shape.Channels is not (1 or 3)) throw new ArgumentException($"an image has 1 or 3 channels, not {shape.Channels}");
        if (bits is not (8 or 16)) throw new ArgumentException($"an image has 8 or 16 bits a channel, not {bits}");
        if (samples.Length != shape.Length) throw new ArgumentException($"{samples.Length} samples for an image of {shape}");
        Shape = shape;
        Bits = bits;
        Samples = samples;
    }

    /// <summary>Channels, height and width.</summary>
    public ImageShape Shape { get; }

    /// <summary>Bits a channel: 8 or 16.</summary>
    public int Bits { get; }

    /// <summary>[H, W, C] row-major, 0 to 2^bits − 1.</summary>
    public ushort[] Samples { get; }

    /// <summary>One image of a set.</summary>
    public static Raster From(ImageSet set, int index)
    {
        var (channels, height, width) = set.Shape;
        var image = set.Image(index);
        var samples = new ushort[image.Length];
        for (var c = 0; c < channels; c++)
        {
            for (var p = 0; p < height * width; p++)
                samples[p * channels + c] = image[c * height * width + p];
        }
        return new Raster(set.Shape, 8, samples);
    }

    /// <summary>The image as an <see cref="ImageSet"/> holds it.</summary>
    /// <remarks>16 bits become 8 by v/257, rounded, so that 0 and 65535 map to 0 and 255 exactly.</remarks>
    /// <returns>[C, H, W], 0 to 255.</returns>
    public byte[] ToPlanes()
    {
        var (channels, height, width) = Shape;
        var planes = new byte[Samples.Length];
        for (var c = 0; c < channels; c++)
        {
            for (var p = 0; p < height * width; p++)
            {
                int value = Samples[p * channels + c];
                planes[c * height * width + p] = (byte)(Bits == 16 ? (value + 128) / 257 : value);
            }
        }
        return planes;
    }
}
