using System.Buffers.Binary;
using System.Text;
using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Pictures one after the other in one PNG file (APNG, W3C PNG third edition), which browsers play and other programs show the first of.</summary>
public static class AnimatedPng
{
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12; // length, type, checksum

    /// <summary>Encodes pictures, which then play for ever.</summary>
    /// <param name="frames">At least one; all of one shape and 8 bits.</param>
    /// <param name="milliseconds">How long each is shown, 1 to 65,535.</param>
    /// <exception cref="ArgumentException">There is no picture, or shapes differ.</exception>
    public static byte[] Encode(IReadOnlyList<Raster> frames, int milliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(milliseconds, (ushort)milliseconds);
        if (frames.Count == 0) throw new ArgumentException("an animation has one frame or more", nameof(frames));
        if (frames.Any(frame => frame.Shape != frames[0].Shape || frame.Bits != frames[0].Bits)) throw new ArgumentException("the frames of an animation have one shape", nameof(frames));
        using var file = new MemoryStream();
        var sequence = 0;
        foreach (var (number, frame) in frames.Index())
        {
            var png = ImageCodec.Encode(frame, ImageFormat.Png);
            if (number == 0)
            {
                file.Write(png.AsSpan(0, SignatureLength));
                foreach (var (type, data) in Chunks(png).TakeWhile(chunk => chunk.Type != "IDAT")) Write(file, type, data);
                Write(file, "acTL", [.. Bytes(frames.Count), .. Bytes(0)]);
            }
            Write(file, "fcTL", Control(sequence++, frame.Shape, milliseconds));
            foreach (var (_, data) in Chunks(png).Where(chunk => chunk.Type == "IDAT"))
            {
                if (number == 0) Write(file, "IDAT", data);
                else Write(file, "fdAT", [.. Bytes(sequence++), .. data]);
            }
        }
        Write(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>Where and how long: the whole picture, which replaces the one before.</summary>
    private static byte[] Control(int sequence, ImageShape shape, int milliseconds)
    {
        var time = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(time, (ushort)milliseconds);
        BinaryPrimitives.WriteUInt16BigEndian(time.AsSpan(2), 1000);
        const byte keep = 0, replace = 0;
        return [.. Bytes(sequence), .. Bytes(shape.Width), .. Bytes(shape.Height), .. Bytes(0), .. Bytes(0), .. time, keep, replace];
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        for (var at = SignatureLength; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            yield return (Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += length + ChunkOverhead;
        }
    }

    private static void Write(Stream file, string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(Bytes(data.Length));
        file.Write(named);
        file.Write(Bytes((int)Crc32.Of(named)));
    }

    private static byte[] Bytes(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
