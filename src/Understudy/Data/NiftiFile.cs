using System.IO.Compression;
using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Reads volumes from NIfTI-1 files, <c>.nii</c> and <c>.nii.gz</c>.</summary>
/// <remarks>
/// Cox et al., "A (sort of) new image data format standard: NIfTI-1", 2004, and its header nifti1.h. Voxels come in the order of the file; the
/// rotation that a file states (qform, sform) is not applied.
/// </remarks>
public static class NiftiFile
{
    /// <summary>Whether a file's name says that it is one.</summary>
    public static bool IsNamed(string path) =>
        path.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file of one volume.</summary>
    /// <exception cref="InputException">It is cut short, not what its header states, of a kind that is not read, or has a voxel that is no number.</exception>
    public static Volume Read(string path)
    {
        using var file = InputFile.Open(path);
        Span<byte> magic = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
        file.Position = 0;
        using Stream stream = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        try
        {
            return Read(stream, path, file.Length, isGzip);
        }
        catch (EndOfStreamException e)
        {
            throw new InputException($"{path}: ends before the voxels that its header states; copy it anew", e);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: the gzip data are damaged; copy the file anew", e);
        }
    }

    private static Volume Read(Stream stream, string path, long stored, bool isGzip)
    {
        var start = new byte[NiftiHeader.Length];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < start.Length) throw new InputException($"{path}: has {read} bytes; a NIfTI header has {NiftiHeader.Length}");
        var header = NiftiHeader.Parse(start, path);
        if (isGzip) Expansion.Check(path, stored, header.DataStart + header.DataLength, "unpack them (gunzip)");
        else if (header.DataStart + header.DataLength > stored)
            throw new InputException($"{path}: states {header.DataLength} bytes of voxels from byte {header.DataStart} on, more than the file can hold");
        Skip(stream, header.DataStart - NiftiHeader.Length);
        var data = new byte[header.DataLength];
        stream.ReadExactly(data);
        if (stream.ReadByte() >= 0) throw new InputException($"{path}: goes on after the {header.DataLength} bytes of voxels that its header states");
        var (width, height, depth) = header.Size;
        var values = new float[width * height * depth];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = header.Value(data, i);
            if (!float.IsFinite(values[i]))
                throw new InputException($"{path}: the voxel at ({i % width}, {i / width % height}, {i / width / height}) is {values[i]}; voxels are finite numbers");
        }
        return new Volume(width, height, depth, values);
    }

    private static void Skip(Stream stream, long count)
    {
        var buffer = new byte[4096];
        for (; count > 0; count -= Math.Min(count, buffer.Length)) stream.ReadExactly(buffer, 0, (int)Math.Min(count, buffer.Length));
    }
}
