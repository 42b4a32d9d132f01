using System.IO.Compression;
using System.Text;

namespace Understudy.Tests.Data;

/// <summary>Builds NPY and NPZ files byte by byte, so that they can lie.</summary>
public static class Archives
{
    public static byte[] Npy(string descr, string shape, byte[] data, bool fortran = false, byte version = 1)
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': ({shape}), }}\n");
        byte[] length = version == 1 ? [(byte)header.Length, (byte)(header.Length >> 8)] : [(byte)header.Length, (byte)(header.Length >> 8), 0, 0];
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. header, .. data];
    }

    public static byte[] Zip(params ReadOnlySpan<(string Name, byte[] Content)> entries) => Zip(CompressionLevel.Optimal, entries);

    public static byte[] Zip(CompressionLevel level, params ReadOnlySpan<(string Name, byte[] Content)> entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(content);
        return stream.ToArray();
    }

    /// <summary>An IDX file of unsigned bytes.</summary>
    public static byte[] Idx(int[] shape, byte[] data) =>
        [0, 0, 8, (byte)shape.Length, .. shape.SelectMany(axis => new[] { (byte)(axis >> 24), (byte)(axis >> 16), (byte)(axis >> 8), (byte)axis }), .. data];
}
