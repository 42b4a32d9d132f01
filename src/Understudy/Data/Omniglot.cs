using System.IO.Compression;
using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Reads the small background sets of Omniglot as they are published: ZIP files of ALPHABET/CHARACTER/DRAWING.png.</summary>
/// <remarks>
/// Lake, Salakhutdinov, Tenenbaum, "Human-level concept learning through probabilistic program induction", Science 350, 2015. The first set is the
/// training part, the alphabets that only the second has are the test part. The alphabet is the group of a drawing, so that no division puts
/// one alphabet, and so one character, on both sides; there are no class labels. Ink is bright on a dark ground.
/// </remarks>
public static class Omniglot
{
    private const int LargestDrawing = 1 << 20;
    private static readonly string[] FileNames = ["images_background_small1.zip", "images_background_small2.zip"];

    /// <summary>Whether a folder holds both files.</summary>
    public static bool IsIn(string folder) => FileNames.All(name => File.Exists(Path.Combine(folder, name)));

    /// <summary>Reads a folder that holds both files.</summary>
    /// <exception cref="InputException">A file is damaged, or holds something else.</exception>
    public static ImageData Read(string folder)
    {
        var first = Drawings(Path.Combine(folder, FileNames[0]));
        var known = first.Select(drawing => drawing.Alphabet).ToHashSet();
        var second = Drawings(Path.Combine(folder, FileNames[1])).Where(drawing => !known.Contains(drawing.Alphabet)).ToList();
        return new ImageData(ToSet(first), test: ToSet(second));
    }

    private static List<(string Alphabet, Raster Image)> Drawings(string path)
    {
        using var file = InputFile.Open(path);
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            var drawings = zip.Entries.Where(entry => entry.FullName.EndsWith(".png", StringComparison.Ordinal))
                .OrderBy(entry => entry.FullName, StringComparer.Ordinal).Select(entry => (Alphabet(path, entry), Image(path, entry))).ToList();
            return drawings.Count > 0 ? drawings : throw new InputException($"{path}: holds no drawing; it should hold ALPHABET/CHARACTER/DRAWING.png");
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: is no whole ZIP file", e);
        }
    }

    private static string Alphabet(string path, ZipArchiveEntry entry) => entry.FullName.Split('/') is [_, var alphabet, _, _]
        ? alphabet
        : throw new InputException($"{path}: {entry.FullName} is not SET/ALPHABET/CHARACTER/DRAWING.png");

    private static Raster Image(string path, ZipArchiveEntry entry)
    {
        if (entry.Length > LargestDrawing) throw new InputException($"{path}: {entry.FullName} has {entry.Length} bytes; a drawing has {LargestDrawing} at most");
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return ImageCodec.Decode(bytes.ToArray(), $"{path}: {entry.FullName}");
    }

    private static ImageSet ToSet(List<(string Alphabet, Raster Image)> drawings)
    {
        if (drawings.Count == 0) throw new InputException("the second set of Omniglot holds no alphabet that the first has not; give the published files");
        var shape = drawings[0].Image.Shape;
        var pixels = new byte[drawings.Count * shape.Length];
        foreach (var (i, (alphabet, image)) in drawings.Index())
        {
            if (image.Shape != shape) throw new InputException($"a drawing of {alphabet} is {image.Shape}, and others are {shape}; give the published files");
            for (var p = 0; p < shape.Length; p++) pixels[(i * shape.Length) + p] = (byte)(byte.MaxValue - image.Samples[p]);
        }
        return new ImageSet(shape, pixels, groups: [.. drawings.Select(drawing => drawing.Alphabet)]);
    }
}
