using System.Buffers.Binary;
using System.Text;

namespace Understudy.Data.Formats;

/// <summary>An array read from an NPY file.</summary>
/// <param name="Name">How messages call it.</param>
/// <param name="Type">Kind of element, its size in bytes and its byte order.</param>
/// <param name="Shape">Length of each axis.</param>
/// <param name="Data">The elements as stored, last axis fastest.</param>
internal sealed record NpyArray(string Name, NpyType Type, int[] Shape, byte[] Data)
{
    /// <summary>Number of elements.</summary>
    public int Count => Data.Length / Type.Size;

    /// <summary>The shape as messages show it.</summary>
    public string ShapeText => $"({string.Join(", ", Shape)})";

    /// <summary>The elements as 8-bit pixels: 16 bits by 1/257, booleans to 0 and 255, fractions in [0, 1] by 255.</summary>
    /// <exception cref="InputException">The elements are of another kind, or a fraction is not in [0, 1].</exception>
    public byte[] ToPixels()
    {
        switch (Type)
        {
            case { Kind: 'u', Size: 1 }: return Data;
            case { Kind: 'b', Size: 1 }: return Array.ConvertAll(Data, v => (byte)(v == 0 ? 0 : 255));
            case { Kind: 'u', Size: 2 }: return Convert(i => (byte)((Integer(i) + 128) / 257));
            case { Kind: 'f' }: return Convert(i => Fraction(i));
            default: throw new InputException($"{Name}: pixels are {Type}; save them as uint8, 0 to 255");
        }
    }

    /// <summary>The elements as whole numbers.</summary>
    /// <exception cref="InputException">They are no numbers, or one is not whole.</exception>
    public long[] ToIntegers()
    {
        if (Type.Kind is not ('u' or 'i' or 'b' or 'f')) throw new InputException($"{Name}: holds {Type}; whole numbers are needed");
        return Convert(i => Type.Kind == 'f' ? WholeNumber(i) : Integer(i));
    }

    /// <summary>The elements as text, without the zeros that fill each up to the common length.</summary>
    /// <exception cref="InputException">They are no text, or the text is not valid.</exception>
    public string[] ToText()
    {
        if (Type.Kind is not ('U' or 'S')) throw new InputException($"{Name}: holds {Type}; text is needed (a str array)");
        Encoding encoding = Type.Kind == 'S' ? new UTF8Encoding(false, true) : new UTF32Encoding(Type.BigEndian, false, true);
        return Convert(i =>
        {
            try
            {
                return encoding.GetString(Element(i)).TrimEnd('\0');
            }
            catch (ArgumentException e)
            {
                throw new InputException($"{Name}[{i}]: is not valid text", e);
            }
        });
    }

    private T[] Convert<T>(Func<int, T> element)
    {
        var result = new T[Count];
        for (var i = 0; i < result.Length; i++) result[i] = element(i);
        return result;
    }

    private ReadOnlySpan<byte> Element(int index) => Data.AsSpan(index * Type.Size, Type.Size);

    private long Integer(int index)
    {
        ulong bits = 0;
        var element = Element(index);
        for (var i = 0; i < element.Length; i++)
            bits = bits << 8 | element[Type.BigEndian ? i : element.Length - 1 - i];
        var unused = 64 - 8 * Type.Size;
        return Type.Kind == 'i' ? (long)(bits << unused) >> unused
            : bits <= long.MaxValue ? (long)bits
            : throw new InputException($"{Name}[{index}]: {bits} is too large");
    }

    private double Real(int index)
    {
        var element = Element(index);
        return (Type.Size, Type.BigEndian) switch
        {
            (2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
            (2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(element),
            (4, false) => BinaryPrimitives.ReadSingleLittleEndian(element),
            (4, true) => BinaryPrimitives.ReadSingleBigEndian(element),
            (_, false) => BinaryPrimitives.ReadDoubleLittleEndian(element),
            (_, true) => BinaryPrimitives.ReadDoubleBigEndian(element),
        };
    }

    private byte Fraction(int index)
    {
        var value = Real(index);
        return value is >= 0 and <= 1
            ? (byte)Math.Round(255 * value)
            : throw new InputException($"{Name}[{index}]: pixel {value} is not in 0 to 1; save pixels as uint8, 0 to 255");
    }

    private long WholeNumber(int index)
    {
        var value = Real(index);
        return Math.Abs(value) < 1L << 53 && value == Math.Truncate(value)
            ? (long)value
            : throw new InputException($"{Name}[{index}]: {value} is no whole number");
    }
}
