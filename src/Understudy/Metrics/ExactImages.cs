using System.Buffers.Binary;
using System.Security.Cryptography;
using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>The images of a set, to be asked whether one of them equals another image in every value. Holds 16 bytes of SHA-256 an image.</summary>
internal sealed class ExactImages
{
    private readonly HashSet<UInt128> _digests = [];

    public ExactImages(ImageSet images)
    {
        for (var i = 0; i < images.Count; i++) _digests.Add(Digest(images.Image(i)));
    }

    public bool Contains(ReadOnlySpan<byte> image) => _digests.Contains(Digest(image));

    private static UInt128 Digest(ReadOnlySpan<byte> image)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(image, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
