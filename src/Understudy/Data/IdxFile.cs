using System.Buffers.Binary;
using System.IO.Compression;
using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Reads IDX files as MNIST is published: unsigned bytes, big-endian header, plain or gzipped.</summary>
public static class IdxFile
{
    /// <summary>Reads a file of images and the file of their labels.</summary>
    /// <param name="imagesPath">[N, H, W] bytes.</param>
    /// <param name="labelsPath">[N] bytes.</param>
    /// <returns>Images with labels; the classes are named as <c>classes.txt</c> beside them says, or 0 to the largest label.</returns>
    /// <exception cref="InputException">A file is not there, cut short or not what its header states, or the two do not belong together.</exception>
    public static ImageSet Read(string imagesPath, string labelsPath)
    {
        var (shape, pixels) = ReadArray(imagesPath);
        if (shape.Length != 3 || shape[1] == 0 || shape[2] == 0)
            throw new InputException($"{imagesPath}: has shape ({string.Join(", ", shape)}); images are (count, height, width)");
        var (labelShape, labelBytes) = ReadArray(labelsPath);
        if (labelShape.Length != 1)
            throw new InputException($"{labelsPath}: has shape ({string.Join(", ", labelShape)}); labels are (count)");
        if (labelShape[0] != shape[0])
            throw new InputException($"{labelsPath}: has {labelShape[0]} labels for the {shape[0]} images of {imagesPath}");
        if (shape[0] == 0) throw new InputException($"{imagesPath}: holds no images");
        var labels = Array.ConvertAll(labelBytes, v => (int)v);
        return new ImageSet(new ImageShape(1, shape[1], shape[2]), pixels, labels, ClassLabels.For(imagesPath, labels.Max() + 1));
    }

    /// <summary>The file of labels that belongs to a file of images by MNIST's naming, or null where there is none.</summary>
    internal static string? LabelsBeside(string imagesPath)
    {
        var name = Path.GetFileName(imagesPath);
        var at = name.IndexOf("images", StringComparison.Ordinal);
        if (at < 0) return null;
        var labels = name[..at] + "labels" + name[(at + "images".Length)..].Replace("idx3", "idx1", StringComparison.Ordinal);
        var path = Path.Combine(Path.GetDirectoryName(imagesPath) ?? "", labels);
        return Alternatives(path).FirstOrDefault(File.Exists);
    }

    /// <summary>The file of images of MNIST's part <c>train</c> or <c>t10k</c> in a folder, or null where there is none.</summary>
    internal static string? ImagesIn(string folder, string part) =>
        new[] { $"{part}-images-idx3-ubyte", $"{part}-images.idx3-ubyte" }
            .SelectMany(name => Alternatives(Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Whether the first bytes are an IDX header of unsigned bytes, or of a gzip file.</summary>
    internal static bool IsIdx(ReadOnlySpan<byte> start) => IsGzip(start) || start.StartsWith((ReadOnlySpan<byte>)[0, 0, 8]);

    private static bool IsGzip(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    private static string[] Alternatives(string path) =>
        path.EndsWith(".gz", StringComparison.Ordinal) ? [path, path[..^3]] : [path, path + ".gz"];

    private static (int[] Shape, byte[] Data) ReadArray(string path)
    {
        using var file = InputFile.Open(path);
        Span<byte> magic = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && IsGzip(magic);
        file.Position = 0;
        using Stream stream = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        try
        {
            return ReadArray(stream, path, file.Length, isGzip);
        }
        catch (EndOfStreamException e)
        {
            throw new InputException($"{path}: ends before the data that its header states; copy it anew", e);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: the gzip data are damaged; copy the file anew", e);
        }
    }

    private static (int[] Shape, byte[] Data) ReadArray(Stream stream, string path, long stored, bool isGzip)
    {
        Span<byte> head = stackalloc byte[4];
        stream.ReadExactly(head);
        if (head[0] != 0 || head[1] != 0)
            throw new InputException($"{path}: is no IDX file (it starts with {Convert.ToHexString(head)}, not with 0000)");
        if (head[2] != 8) throw new InputException($"{path}: has IDX element type 0x{head[2]:X2}; unsigned bytes (0x08) are read");
        if (head[3] is 0 or > 3) throw new InputException($"{path}: has {head[3]} axes; images have 3 and labels 1");
        var shape = new int[head[3]];
        long length = 1;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            stream.ReadExactly(head);
            var size = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (size > Array.MaxLength || (length *= size) > Array.MaxLength)
                throw new InputException($"{path}: axis {axis} states {size}, more than {Array.MaxLength} bytes in all");
            shape[axis] = (int)size;
        }
        if (isGzip) Expansion.Check(path, stored, length, "unpack them (gunzip)");
        else if (length > stored) throw new InputException($"{path}: states {length} bytes of data, more than the file can hold");
        var data = new byte[length];
        stream.ReadExactly(data);
        if (stream.Read(head[..1]) != 0) throw new InputException($"{path}: goes on after the {length} bytes that its header states");
        return (shape, data);
    }
}
