using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Understudy.Data.Splitting;

/// <summary>Finds the images that belong together: those of one group, and those with identical pixels.</summary>
internal static class ImageUnits
{
    /// <summary>The units, each the ascending indices of its images, ordered by their first image.</summary>
    public static List<int[]> Of(ImageSet set)
    {
        var root = new int[set.Count];
        var firstByGroup = new Dictionary<string, int>();
        var firstByPixels = new Dictionary<UInt128, int>();
        for (var i = 0; i < set.Count; i++)
        {
            root[i] = i;
            Join(root, firstByPixels, Fingerprint(set.Image(i)), i);
            if (set.Groups is { } groups) Join(root, firstByGroup, groups[i], i);
        }
        return [.. Enumerable.Range(0, set.Count).GroupBy(i => Root(root, i)).Select(unit => unit.ToArray())];
    }

    /// <summary>128 bits of SHA-256: equal for equal pixels, and for no others that will ever be seen.</summary>
    public static UInt128 Fingerprint(ReadOnlySpan<byte> pixels)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(pixels, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private static void Join<TKey>(int[] root, Dictionary<TKey, int> firsts, TKey key, int index) where TKey : notnull
    {
        if (!firsts.TryAdd(key, index)) root[Root(root, index)] = Root(root, firsts[key]);
    }

    private static int Root(int[] root, int index)
    {
        while (root[index] != index) index = root[index] = root[root[index]];
        return index;
    }
}
