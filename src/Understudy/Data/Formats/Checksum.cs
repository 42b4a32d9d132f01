using System.Security.Cryptography;

namespace Understudy.Data.Formats;

/// <summary>Checksums of files, written as <c>md5:</c> or <c>sha256:</c> and hexadecimal digits.</summary>
internal static class Checksum
{
    /// <summary>Whether a file has one of the checksums.</summary>
    public static bool Matches(string path, IReadOnlyList<string> checksums) =>
        checksums.Any(checksum => Of(path, checksum[..checksum.IndexOf(':')]) == checksum);

    private static string Of(string path, string algorithm)
    {
        using var stream = File.OpenRead(path);
#pragma warning disable CA5351 // MD5 is what the publishers state; it tells a damaged or wrong file, and is no protection from a forged one
        var hash = algorithm == "md5" ? MD5.HashData(stream) : SHA256.HashData(stream);
#pragma warning restore CA5351
        return $"{algorithm}:{Convert.ToHexStringLower(hash)}";
    }
}
