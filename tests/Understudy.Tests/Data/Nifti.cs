using System.Buffers.Binary;

namespace Understudy.Tests.Data;

/// <summary>A NIfTI-1 file of 4×3×2 voxels 0 to 23, with a header that may lie.</summary>
public sealed class Nifti(short type, short bits, bool isBigEndian)
{
    public short[] Dimensions { get; init; } = [3, 4, 3, 2, 1, 1, 1, 1];

    public float Slope { get; set; } = 1;

    public float Intercept { get; set; }

    public float Offset { get; set; } = 352;

    /// <summary>The voxels; 0 to 23 where null.</summary>
    public double[]? Values { get; init; }

    public byte[] Bytes()
    {
        var values = Values ?? [.. Enumerable.Range(0, 24).Select(v => (double)v)];
        var start = (int)Math.Max(352, float.IsFinite(Offset) ? Offset : 0);
        var bytes = new byte[start + values.Length * bits / 8];
        Put(bytes, 0, 348);
        for (var i = 0; i < Dimensions.Length; i++) Put(bytes, 40 + 2 * i, Dimensions[i]);
        Put(bytes, 70, type);
        Put(bytes, 72, bits);
        Put(bytes, 108, Offset);
        Put(bytes, 112, Slope);
        Put(bytes, 116, Intercept);
        "n+1\0"u8.CopyTo(bytes.AsSpan(344));
        for (var i = 0; i < values.Length; i++) PutVoxel(bytes, start + i * bits / 8, values[i]);
        return bytes;
    }

    private void PutVoxel(byte[] bytes, int at, double value)
    {
        switch (type)
        {
            case 4 or 512: Put(bytes, at, (short)value); break;
            case 8 or 768: Put(bytes, at, (int)value); break;
            case 16: Put(bytes, at, (float)value); break;
            case 64: PutDouble(bytes, at, value); break;
            default: bytes[at] = (byte)value; break;
        }
    }

    private void Put(byte[] bytes, int at, short value)
    {
        if (isBigEndian) BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(at), value);
        else BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), value);
    }

    private void Put(byte[] bytes, int at, int value)
    {
        if (isBigEndian) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value);
        else BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
    }

    private void Put(byte[] bytes, int at, float value) => Put(bytes, at, BitConverter.SingleToInt32Bits(value));

    private void PutDouble(byte[] bytes, int at, double value)
    {
        if (isBigEndian) BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(at), value);
        else BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(at), value);
    }
}
