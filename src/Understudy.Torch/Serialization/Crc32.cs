namespace Understudy.Torch.Serialization;

/// <summary>The checksum of zip entries (ISO 3309), which .NET's zip reader does not look at.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Remainder((uint)i))];

    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = ~0u;
        foreach (var b in bytes) crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Remainder(uint value)
    {
        const uint polynomial = 0xedb88320;
        for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? polynomial ^ (value >> 1) : value >> 1;
        return value;
    }
}
