using System.Buffers.Binary;

namespace Understudy.Data.Formats;

/// <summary>
/// How a camera was held, which JPEG and PNG files note beside the pixels (Exif 2.32, tag 0x0112); a TIFF's own tag is heeded by its decoder.
/// </summary>
internal static class ExifOrientation
{
    private const int Upright = 1;
    private const int Last = 8;
    private const ushort Tag = 0x0112;
    private const ushort ShortType = 3;

    /// <summary>What a file notes, 1 (upright) to 8; 1 where it notes nothing, or nothing that makes sense.</summary>
    /// <param name="file">A whole file.</param>
    public static int Of(ReadOnlySpan<byte> file) => ImageIntegrity.Sniff(file) switch
    {
        ImageFormat.Jpeg => OfDirectory(InJpeg(file)),
        ImageFormat.Png => OfDirectory(InPng(file)),
        _ => Upright,
    };

    /// <summary>Turns and mirrors an image so that it stands upright.</summary>
    public static Raster Apply(Raster image, int orientation)
    {
        if (orientation == Upright) return image;
        var (channels, height, width) = image.Shape;
        var shape = orientation > 4 ? image.Shape with { Height = width, Width = height } : image.Shape;
        var samples = new ushort[image.Samples.Length];
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var (row, column) = orientation switch
                {
                    2 => (y, width - 1 - x),
                    3 => (height - 1 - y, width - 1 - x),
                    4 => (height - 1 - y, x),
                    5 => (x, y),
                    6 => (height - 1 - x, y),
                    7 => (height - 1 - x, width - 1 - y),
                    _ => (x, width - 1 - y),
                };
                image.Samples.AsSpan((row * width + column) * channels, channels).CopyTo(samples.AsSpan((y * shape.Width + x) * channels));
            }
        }
        return new Raster(shape, image.Bits, samples);
    }

    private static ReadOnlySpan<byte> InJpeg(ReadOnlySpan<byte> file)
    {
        const byte application1 = 0xE1, startOfScan = 0xDA;
        for (var at = 2; at + 4 <= file.Length && file[at] == 0xFF && file[at + 1] != startOfScan;)
        {
            if (file[at + 1] == 0xFF)
            {
                at++; // fill
                continue;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length) break;
            var body = file.Slice(at + 4, length - 2);
            if (file[at + 1] == application1 && body.StartsWith("Exif\0\0"u8)) return body[6..];
            at += 2 + length;
        }
        return default;
    }

    private static ReadOnlySpan<byte> InPng(ReadOnlySpan<byte> file)
    {
        for (var at = 8L; at + 12 <= file.Length;)
        {
            var chunk = file[(int)at..];
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (length > chunk.Length - 12) break;
            if (chunk[4..].StartsWith("eXIf"u8)) return chunk.Slice(8, (int)length);
            at += 12L + length;
        }
        return default;
    }

    private static int OfDirectory(ReadOnlySpan<byte> tiff)
    {
        var isLittle = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || (!isLittle && !tiff.StartsWith("MM\0*"u8))) return Upright;
        var start = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2) return Upright;
        var directory = tiff[(int)start..];
        var count = Number(directory, isLittle);
        directory = directory[2..];
        for (var i = 0; i < count && directory.Length >= 12; i++, directory = directory[12..])
        {
            if (Number(directory, isLittle) != Tag) continue;
            var value = Number(directory[8..], isLittle);
            return Number(directory[2..], isLittle) == ShortType && value is >= Upright and <= Last ? value : Upright;
        }
        return Upright;
    }

    private static ushort Number(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
