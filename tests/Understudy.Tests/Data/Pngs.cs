using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Understudy.Data.Formats;

namespace Understudy.Tests.Data;

/// <summary>Builds PNG files byte by byte, of kinds that the codec does not write.</summary>
public static class Pngs
{
    public const byte Grey = 0, Palette = 3, GreyAlpha = 4;

    /// <summary>A file; each row holds its packed samples, without a filter.</summary>
    public static byte[] Make(int width, byte bits, byte colourType, byte[][] rows, params ReadOnlySpan<(string Type, byte[] Data)> chunks)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        byte[] size = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(size, width);
        BinaryPrimitives.WriteInt32BigEndian(size.AsSpan(4), rows.Length);
        Write(file, "IHDR", [.. size, bits, colourType, 0, 0, 0]);
        foreach (var (type, data) in chunks) Write(file, type, data);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var row in rows) zlib.Write([0, .. row]);
        }
        Write(file, "IDAT", packed.ToArray());
        Write(file, "IEND", []);
        return file.ToArray();
    }

    private static void Write(Stream file, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(body));
        file.Write(number);
    }
}
