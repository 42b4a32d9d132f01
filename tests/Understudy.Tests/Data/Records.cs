using System.IO.Compression;
using System.Runtime.InteropServices;
using Understudy.Data;

namespace Understudy.Tests.Data;

/// <summary>Looks for records in files, as bytes and as the numbers that networks take, also in what an archive holds compressed.</summary>
internal static class Records
{
    // Far below a grey level of 1/255, far above the rounding of 32 bits.
    private const float Tolerance = 1e-4f;

    /// <summary>Asserts that none of some images is in any of some files; of pairs, neither image nor mask.</summary>
    public static void AssertAbsent(ImageSet records, params IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            foreach (var content in Contents(file))
            {
                for (var i = 0; i < records.Count; i++)
                {
                    Assert.False(Holds(content, records.Image(i)[..records.Shape.WithoutMask.Length]), $"{file} holds record {i}");
                    if (records.Shape.HasMask) Assert.False(Holds(content, ImagePairs.Mask(records, i)), $"{file} holds the mask of record {i}");
                }
            }
        }
    }

    /// <summary>Whether a file holds an image.</summary>
    public static bool IsIn(string file, byte[] image) => Contents(file).Any(content => Holds(content, image));

    private static IEnumerable<byte[]> Contents(string file)
    {
        var bytes = File.ReadAllBytes(file);
        yield return bytes;
        if (!bytes.AsSpan().StartsWith("PK"u8)) yield break;
        using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries)
        {
            using var expanded = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(expanded);
            yield return expanded.ToArray();
        }
    }

    private static bool Holds(byte[] content, ReadOnlySpan<byte> image)
    {
        var numbers = MemoryMarshal.Cast<byte, float>(content);
        return content.AsSpan().IndexOf(image) >= 0 || Holds(numbers, image, 1, 0) || Holds(numbers, image, 1 / 255f, 0) || Holds(numbers, image, 2 / 255f, -1);
    }

    private static bool Holds(ReadOnlySpan<float> numbers, ReadOnlySpan<byte> image, float scale, float offset)
    {
        for (var start = 0; start <= numbers.Length - image.Length; start++)
        {
            var same = 0;
            while (same < image.Length && MathF.Abs(numbers[start + same] - ((scale * image[same]) + offset)) < Tolerance) same++;
            if (same == image.Length) return true;
        }
        return false;
    }
}
