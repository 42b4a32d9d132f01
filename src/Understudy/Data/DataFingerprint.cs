using System.Security.Cryptography;
using System.Text;

namespace Understudy.Data;

/// <summary>Names a data set by its content: the same for the same images in any order, file format or division.</summary>
/// <remarks>Images that are brought to another size, or a part of the images, are other content and have another name.</remarks>
public static class DataFingerprint
{
    /// <summary>SHA-256, in hexadecimal, of the images' own hashes in ascending order.</summary>
    public static string Of(ImageData data)
    {
        var hashes = data.Parts.SelectMany(part => Enumerable.Range(0, part.Set.Count).Select(i => Convert.ToHexStringLower(SHA256.HashData(part.Set.Image(i)))))
            .Order(StringComparer.Ordinal);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        all.AppendData(Encoding.ASCII.GetBytes($"{data.Train.Shape}\n"));
        foreach (var hash in hashes) all.AppendData(Encoding.ASCII.GetBytes(hash));
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
