using Understudy.Data.Formats;
using Understudy.Data.Native;

namespace Understudy.Data;

/// <summary>Decodes and encodes PNG, JPEG and TIFF in memory.</summary>
/// <remarks>
/// Palettes come as RGB, 1, 2 and 4 bits as 8, an opaque alpha channel is dropped, and an image whose camera was turned (EXIF) is turned back.
/// Colour profiles are not applied.
/// </remarks>
public static class ImageCodec
{
    /// <summary>The largest width or height that is read; a file that states more is refused before its pixels are allocated.</summary>
    public const int MaxSide = 8192;

    /// <summary>Decodes an image of 8 or 16 bits a channel, grey or RGB; the content, not the name, decides the format.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="name">How messages call the file.</param>
    /// <exception cref="InputException">It is no such image, is damaged, is larger than <see cref="MaxSide"/>, or has transparent pixels.</exception>
    public static unsafe Raster Decode(ReadOnlySpan<byte> file, string name)
    {
        ImageIntegrity.Check(file, name);
        ImageInfo info;
        ImageBufferHandle pixels;
        fixed (byte* bytes = file)
        {
            if (ImageLibrary.Decode(bytes, file.Length, MaxSide, MaxSide, &info, out pixels) != 0)
                throw new InputException($"{name}: {Line(ImageLibrary.LastError())}");
        }
        using (pixels)
        {
            var samples = info.Bits == 16 ? pixels.ToArray<ushort>() : Array.ConvertAll(pixels.ToArray<byte>(), v => (ushort)v);
            if (info.Channels == 4) samples = WithoutAlpha(samples, info.Bits, name);
            return ExifOrientation.Apply(new Raster(new ImageShape(Math.Min(info.Channels, 3), info.Height, info.Width), info.Bits, samples), ExifOrientation.Of(file));
        }
    }

    /// <summary>Encodes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="format">The format; JPEG takes 8 bits only.</param>
    /// <param name="quality">JPEG's quality, 1 to 100.</param>
    /// <exception cref="ArgumentException">The format cannot hold the image.</exception>
    public static unsafe byte[] Encode(Raster image, ImageFormat format, int quality = 95)
    {
        var info = new ImageInfo { Width = image.Shape.Width, Height = image.Shape.Height, Channels = image.Shape.Channels, Bits = image.Bits };
        ImageBufferHandle file;
        int status;
        if (image.Bits == 16)
        {
            fixed (ushort* samples = image.Samples)
                status = ImageLibrary.Encode((int)format, samples, &info, quality, out file);
        }
        else
        {
            fixed (byte* samples = Array.ConvertAll(image.Samples, v => (byte)v))
                status = ImageLibrary.Encode((int)format, samples, &info, quality, out file);
        }
        using (file)
            return status == 0 ? file.ToArray<byte>() : throw new ArgumentException(Line(ImageLibrary.LastError()));
    }

    /// <summary>Drops a fourth channel that says nothing; what lies behind a transparent pixel is not ours to guess.</summary>
    private static ushort[] WithoutAlpha(ushort[] samples, int bits, string name)
    {
        var opaque = bits == 16 ? ushort.MaxValue : byte.MaxValue;
        var colours = new ushort[samples.Length / 4 * 3];
        for (var p = 0; p < samples.Length / 4; p++)
        {
            if (samples[4 * p + 3] != opaque)
                throw new InputException($"{name}: the image has transparent pixels; flatten it onto a background first");
            samples.AsSpan(4 * p, 3).CopyTo(colours.AsSpan(3 * p));
        }
        return colours;
    }

    private static string Line(string text) => text.ReplaceLineEndings(" ").Trim();
}
