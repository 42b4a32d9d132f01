using System.IO.Compression;
using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Reads the small background sets of Omniglot as they are published: ZIP files of ALPHABET/CHARACTER/DRAWING.png.</summary>
/// <remarks>
/// Lake, Salakhutdinov, Tenenbaum, "Human-level concept learning through probabilistic program induction", Science 350, 2015. The first set is the
/// training part, the alphabets that only the second has are the test part. The alphabet is the group of a drawing, so that no division puts
/// one alphabet, and so one character, on both sides. There are no class labels, as none of the test part could be learnt from the training
/// part, unless characters are asked for as classes. Ink is bright on a dark ground.
/// </remarks>
public static class Omniglot
{
    /// <summary>The attribute that makes characters the classes, <c>Greek/character01</c> and so on.</summary>
    public const string Character = "character";

    private const int LargestDrawing = 1 << 20;
    private static readonly string[] FileNames = ["images_background_small1.zip", "images_background_small2.zip"];

    /// <summary>Whether a folder holds both files.</summary>
    public static bool IsIn(string folder) => FileNames.All(name => File.Exists(Path.Combine(folder, name)));

    /// <summary>Reads a folder that holds both files.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="attribute">What is to be the class: <see cref="Character"/>, or null for none.</param>
    /// <exception cref="InputException">A file is damaged or holds something else, or drawings have no such attribute.</exception>
    public static ImageData Read(string folder, string? attribute = null)
    {
        if (attribute is not (null or Character)) throw new InputException($"{folder}: drawings have no attribute '{attribute}'; give '{Character}', or none");
        var first = Drawings(Path.Combine(folder, FileNames[0]));
        var known = first.Select(drawing => drawing.Alphabet).ToHashSet();
        var second = Drawings(Path.Combine(folder, FileNames[1])).Where(drawing => !known.Contains(drawing.Alphabet)).ToList();
        string[]? names = attribute is null ? null : [.. first.Concat(second).Select(drawing => drawing.Character).Distinct()];
        return new ImageData(ToSet(first, names), test: ToSet(second, names));
    }

    private static List<Drawing> Drawings(string path)
    {
        using var file = InputFile.Open(path);
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            var drawings = zip.Entries.Where(entry => entry.FullName.EndsWith(".png", StringComparison.Ordinal))
                .OrderBy(entry => entry.FullName, StringComparer.Ordinal).Select(entry => Read(path, entry)).ToList();
            return drawings.Count > 0 ? drawings : throw new InputException($"{path}: holds no drawing; it should hold ALPHABET/CHARACTER/DRAWING.png");
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: is no whole ZIP file", e);
        }
    }

    private static Drawing Read(string path, ZipArchiveEntry entry) => entry.FullName.Split('/') is [_, var alphabet, var character, _]
        ? new Drawing(alphabet, $"{alphabet}/{character}", Image(path, entry))
        : throw new InputException($"{path}: {entry.FullName} is not SET/ALPHABET/CHARACTER/DRAWING.png");

    private static Raster Image(string path, ZipArchiveEntry entry)
    {
        if (entry.Length > LargestDrawing) throw new InputException($"{path}: {entry.FullName} has {entry.Length} bytes; a drawing has {LargestDrawing} at most");
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return ImageCodec.Decode(bytes.ToArray(), $"{path}: {entry.FullName}");
    }

    private static ImageSet ToSet(List<Drawing> drawings, string[]? names)
    {
        if (drawings.Count == 0) throw new InputException("the second set of Omniglot holds no alphabet that the first has not; give the published files");
        var shape = drawings[0].Image.Shape;
        var pixels = new byte[drawings.Count * shape.Length];
        foreach (var (i, (alphabet, _, image)) in drawings.Index())
        {
            if (image.Shape != shape) throw new InputException($"a drawing of {alphabet} is {image.Shape}, and others are {shape}; give the published files");
            for (var p = 0; p < shape.Length; p++) pixels[(i * shape.Length) + p] = (byte)(byte.MaxValue - image.Samples[p]);
        }
        int[]? labels = names is null ? null : [.. drawings.Select(drawing => Array.IndexOf(names, drawing.Character))];
        return new ImageSet(shape, pixels, labels, names, [.. drawings.Select(drawing => drawing.Alphabet)]);
    }

    private sealed record Drawing(string Alphabet, string Character, Raster Image);
}
