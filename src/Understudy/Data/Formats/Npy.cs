using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Understudy.Data.Formats;

/// <summary>Reads and writes NumPy's NPY format, versions 1 to 3.</summary>
internal static partial class Npy
{
    private const int MaxHeader = 1 << 16;

    /// <summary>Reads an array of which the whole file has <paramref name="length"/> bytes.</summary>
    /// <exception cref="InputException">The header is wrong or does not agree with the length.</exception>
    public static NpyArray Read(Stream stream, long length, string name)
    {
        var (header, headerLength) = ReadHeader(stream, name);
        var type = DescrPattern().Match(header) is { Success: true } descr ? NpyType.Parse(descr.Groups[1].Value) : null;
        if (type is null)
            throw new InputException($"{name}: has an element type that is not read (objects, records, complex or dates); save numbers or a str array");
        if (OrderPattern().Match(header) is not { Success: true } order || ShapePattern().Match(header) is not { Success: true } dimensions)
            throw new InputException($"{name}: the NPY header lacks fortran_order or shape");
        var shape = ParseShape(dimensions.Groups[1].Value, name);
        var declared = ByteCount(shape, type.Value, name);
        if (declared != length - headerLength)
            throw new InputException($"{name}: shape ({string.Join(", ", shape)}) of {type} needs {declared} bytes, it has {length - headerLength}");
        var data = new byte[declared];
        try
        {
            stream.ReadExactly(data);
        }
        catch (EndOfStreamException e)
        {
            throw new InputException($"{name}: ends before its {data.Length} bytes of data", e);
        }
        return new NpyArray(name, type.Value, shape, order.Groups[1].Value == "True" ? FromFortran(data, shape, type.Value.Size) : data);
    }

    /// <summary>Writes an array, version 1, last axis fastest.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="descr">NumPy's type string.</param>
    /// <param name="shape">Length of each axis.</param>
    /// <param name="data">The elements in the byte order that <paramref name="descr"/> states.</param>
    public static void Write(Stream stream, string descr, int[] shape, ReadOnlySpan<byte> data)
    {
        var axes = string.Join(", ", shape) + (shape.Length == 1 ? "," : "");
        var dictionary = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({axes}), }}";
        var padding = 63 - (10 + dictionary.Length) % 64; // data start at a multiple of 64, after a line feed
        var header = Encoding.ASCII.GetBytes(dictionary + new string(' ', padding) + '\n');
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(header);
        stream.Write(data);
    }

    private static (string Header, int Length) ReadHeader(Stream stream, string name)
    {
        try
        {
            Span<byte> start = stackalloc byte[12];
            stream.ReadExactly(start[..8]);
            if (!start.StartsWith((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8])) throw new InputException($"{name}: is no NPY array");
            if (start[6] is not (1 or 2 or 3)) throw new InputException($"{name}: is NPY version {start[6]}; 1, 2 and 3 are read");
            var lengthBytes = start[6] == 1 ? 2 : 4;
            stream.ReadExactly(start.Slice(8, lengthBytes));
            var length = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
            if (length > MaxHeader) throw new InputException($"{name}: the NPY header states {length} bytes; at most {MaxHeader} are read");
            var header = new byte[length];
            stream.ReadExactly(header);
            return (Encoding.Latin1.GetString(header), 8 + lengthBytes + header.Length);
        }
        catch (EndOfStreamException e)
        {
            throw new InputException($"{name}: ends within its NPY header", e);
        }
    }

    private static int[] ParseShape(string text, string name)
    {
        var axes = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (axes.Length > 8) throw new InputException($"{name}: has {axes.Length} axes; at most 8 are read");
        return Array.ConvertAll(axes, axis => int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new InputException($"{name}: shape ({text}) is no list of lengths below 2^31"));
    }

    private static int ByteCount(int[] shape, NpyType type, string name)
    {
        long bytes = type.Size;
        foreach (var axis in shape)
        {
            bytes *= axis; // below 2^62: both factors are below 2^31
            if (bytes > Array.MaxLength)
                throw new InputException($"{name}: shape ({string.Join(", ", shape)}) of {type} is more than {Array.MaxLength} bytes");
        }
        return (int)bytes;
    }

    /// <summary>Reorders elements from first axis fastest to last axis fastest.</summary>
    private static byte[] FromFortran(byte[] data, int[] shape, int size)
    {
        var result = new byte[data.Length];
        var index = new int[shape.Length];
        for (var target = 0; target < data.Length; target += size)
        {
            var source = 0;
            for (var axis = shape.Length - 1; axis >= 0; axis--) source = source * shape[axis] + index[axis];
            data.AsSpan(source * size, size).CopyTo(result.AsSpan(target));
            for (var axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) index[axis] = 0;
        }
        return result;
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'", RegexOptions.CultureInvariant)]
    private static partial Regex DescrPattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)", RegexOptions.CultureInvariant)]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\(([^)]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex ShapePattern();
}
