namespace Understudy.Data.Formats;

/// <summary>The checksum of ZIP and PNG (ISO 3309, polynomial 0xEDB88320 reflected).</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>The checksum of all bytes given.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(uint.MaxValue, bytes);

    /// <summary>Takes more bytes into a running state, which starts at all ones and whose complement is the checksum.</summary>
    public static uint Update(uint state, ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        foreach (var value in bytes)
            state = table[(byte)(state ^ value)] ^ state >> 8;
        return state;
    }

    private static uint Entry(int index)
    {
        var value = (uint)index;
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xEDB88320 ^ value >> 1 : value >> 1;
        return value;
    }
}
