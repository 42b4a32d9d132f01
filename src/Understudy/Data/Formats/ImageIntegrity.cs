using System.Buffers.Binary;

namespace Understudy.Data.Formats;

/// <summary>Tells a whole image file from one that is cut short or damaged, which codecs partly fill with grey and pass.</summary>
internal static class ImageIntegrity
{
    private static ReadOnlySpan<byte> PngMagic => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The format that the first bytes name, or null.</summary>
    public static ImageFormat? Sniff(ReadOnlySpan<byte> start) =>
        start.StartsWith(PngMagic) ? ImageFormat.Png
        : start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ImageFormat.Jpeg
        : start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) ? ImageFormat.Tiff
        : null;

    /// <summary>Throws where the file is no PNG, JPEG or TIFF, or is a PNG or JPEG that is not whole.</summary>
    /// <exception cref="InputException">See above.</exception>
    public static void Check(ReadOnlySpan<byte> file, string name)
    {
        switch (Sniff(file))
        {
            case ImageFormat.Png: CheckPng(file[PngMagic.Length..], name); break;
            case ImageFormat.Jpeg: CheckJpeg(file, name); break;
            case ImageFormat.Tiff: break; // a TIFF's strips may lie anywhere; its decoder fails on one that does not lie inside
            default: throw new InputException($"{name}: the content is no PNG, JPEG or TIFF");
        }
    }

    private static void CheckPng(ReadOnlySpan<byte> chunks, string name)
    {
        while (true)
        {
            if (chunks.Length < 12) throw CutShort(name, "PNG");
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunks);
            if (length > chunks.Length - 12) throw CutShort(name, "PNG");
            var body = chunks.Slice(4, 4 + (int)length); // type and data
            if (Crc32.Of(body) != BinaryPrimitives.ReadUInt32BigEndian(chunks[(8 + (int)length)..]))
                throw new InputException($"{name}: the PNG is damaged (a checksum is wrong); make it anew");
            if (body.StartsWith("IEND"u8)) return;
            chunks = chunks[(12 + (int)length)..];
        }
    }

    private static void CheckJpeg(ReadOnlySpan<byte> file, string name)
    {
        const byte startOfImage = 0xD8, endOfImage = 0xD9, startOfScan = 0xDA, application14 = 0xEE;
        var at = 0;
        var (saysInks, isOfInks) = (false, false);
        while (at + 1 < file.Length)
        {
            if (file[at] != 0xFF) throw new InputException($"{name}: the JPEG is damaged at byte {at}; make it anew");
            var marker = file[at + 1];
            if (marker == endOfImage) return;
            if (marker == 0xFF) at++;
            else if (marker == startOfImage) at += 2;
            else
            {
                if (at + 4 > file.Length) break;
                saysInks |= marker == application14 && file[(at + 4)..].StartsWith("Adobe"u8);
                isOfInks |= IsFrame(marker) && at + 9 < file.Length && file[at + 9] == 4;
                if (marker == startOfScan && isOfInks && !saysInks)
                    throw new InputException($"{name}: the JPEG has inks (CMYK), and does not say whether 0 is no ink or full; convert it to RGB");
                at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
                if (marker == startOfScan) at = EndOfScan(file, at);
            }
        }
        throw CutShort(name, "JPEG");
    }

    /// <summary>Whether a marker starts a frame, which names the number of channels: baseline, progressive and the rarer kinds.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Skips coded data, in which 0xFF is followed by 0 (stuffing) or a restart marker, to the next other marker.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (at + 1 < file.Length && !(file[at] == 0xFF && file[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))) at++;
        return at;
    }

    private static InputException CutShort(string name, string format) => new($"{name}: the {format} is cut short; copy it anew");
}
