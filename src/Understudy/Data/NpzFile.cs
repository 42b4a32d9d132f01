using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Reads and writes image sets as NumPy NPZ files.</summary>
/// <remarks>
/// Arrays of a plain file: <c>images</c> ([N, H, W] or [N, H, W, 3], or [N, D, H, W] for grey volumes), <c>masks</c> ([N, H, W]), <c>labels</c> ([N] or [N, 1]),
/// <c>class_names</c> ([K]), <c>groups</c> ([N]); all but the first may be absent. A file with parts, as MedMNIST's, has the prefixes <c>train_</c>, <c>val_</c> and
/// <c>test_</c> to all of them but <c>class_names</c>, for which a file <c>classes.txt</c> beside it, one name a line, may stand in.
/// Pixels are uint8, or scaled to it: uint16 by 1/257, bool to 0 and 255, floating point from [0, 1].
/// </remarks>
public static class NpzFile
{
    // A last axis this short is of channels, and no side of a volume.
    private const int LeastSide = 8;

    private static readonly string[] Prefixes = ["train_", "val_", "test_"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is damaged, not what it states, or its arrays do not belong together.</exception>
    public static ImageData Read(string path)
    {
        using var archive = NpzArchive.Open(path);
        if (archive.Names.Contains("images")) return new ImageData(ReadPart(archive, path, ""));
        if (!archive.Names.Contains("train_images"))
            throw new InputException($"{path}: has the arrays {string.Join(", ", archive.Names)}; one named images or train_images is needed");
        var parts = Prefixes.Select(prefix => archive.Names.Contains(prefix + "images") ? ReadPart(archive, path, prefix) : null).ToArray();
        return new ImageData(parts[0]!, parts[1], parts[2]);
    }

    /// <summary>Writes or replaces a file that <c>numpy.load</c> opens and <see cref="Read"/> reads back as it was.</summary>
    public static void Write(ImageData data, string path) => AtomicFile.Write(path, stream =>
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var hasParts = data.Val is not null || data.Test is not null;
        foreach (var (name, set) in data.Parts) WritePart(zip, set, hasParts ? name + "_" : "");
        if (data.Train.Labels is not null) WriteText(zip, "class_names", data.Train.ClassNames);
    });

    /// <summary>Writes or replaces a plain file of one set.</summary>
    public static void Write(ImageSet set, string path) => Write(new ImageData(set), path);

    private static ImageSet ReadPart(NpzArchive archive, string path, string prefix)
    {
        var images = archive.Read(prefix + "images");
        var shape = ShapeOf(images);
        if (images.Count == 0)
            throw new InputException($"{images.Name}: has shape {images.ShapeText}, which holds no images");
        var count = images.Shape[0];
        var labels = archive.Names.Contains(prefix + "labels") ? ReadLabels(archive.Read(prefix + "labels"), count) : null;
        var classNames = labels is null ? null
            : archive.Names.Contains("class_names") ? archive.Read("class_names").ToText()
            : ClassLabels.For(path, labels.Max() + 1);
        for (var i = 0; i < (labels?.Length ?? 0); i++)
        {
            if (labels![i] >= classNames!.Length)
                throw new InputException($"{path}: {prefix}labels[{i}] is {labels[i]}; class_names names the classes 0 to {classNames.Length - 1}");
        }
        var pixels = shape is { Channels: 3, IsVolume: false } ? ChannelsFirst(images.ToPixels(), shape) : images.ToPixels();
        var set = new ImageSet(shape, pixels, labels, classNames, ReadGroups(archive, prefix, count));
        if (!archive.Names.Contains(prefix + "masks")) return set;
        if (shape.IsVolume) throw new InputException($"{path}: has masks of volumes, which are not read; take slices, or leave the masks out");
        return ImagePairs.Join(set, ReadMasks(archive.Read(prefix + "masks"), set));
    }

    private static ImageShape ShapeOf(NpyArray images) => images.Shape switch
    {
        [_, var height, var width] => new ImageShape(1, height, width),
        [_, var height, var width, 1] => new ImageShape(1, height, width),
        [_, var height, var width, 3] => new ImageShape(3, height, width),
        [_, var depth, var height, var width] when Math.Min(depth, Math.Min(height, width)) >= LeastSide => new ImageShape(depth, height, width) { IsVolume = true },
        _ => throw new InputException(
            $"{images.Name}: has shape {images.ShapeText}; images are (count, height, width) or (count, height, width, 3), volumes (count, depth, height, width) of sides of {LeastSide} or more"),
    };

    private static ImageSet ReadMasks(NpyArray array, ImageSet images)
    {
        var shape = images.Shape with { Channels = 1 };
        int[] expected = [images.Count, shape.Height, shape.Width];
        if (!array.Shape.AsSpan().SequenceEqual(expected) && !array.Shape.AsSpan().SequenceEqual([.. expected, 1]))
            throw new InputException($"{array.Name}: has shape {array.ShapeText}; for {images.Count} images of {images.Shape} it is ({string.Join(", ", expected)})");
        return new ImageSet(shape, ImagePairs.FromFile(array.ToPixels()));
    }

    private static int[] ReadLabels(NpyArray array, int count)
    {
        if (array.Shape.Length == 2 && array.Shape[1] > 1)
            throw new InputException($"{array.Name}: has {array.Shape[1]} columns (several findings an image); one class an image is read");
        RequireOnePerImage(array, count);
        var values = array.ToIntegers();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is < 0 or >= ClassLabels.MaxClasses)
                throw new InputException($"{array.Name}[{i}]: is {values[i]}; labels go from 0 up to at most {ClassLabels.MaxClasses - 1}");
        }
        return Array.ConvertAll(values, v => (int)v);
    }

    private static string[]? ReadGroups(NpzArchive archive, string prefix, int count)
    {
        if (!archive.Names.Contains(prefix + "groups")) return null;
        var array = archive.Read(prefix + "groups");
        RequireOnePerImage(array, count);
        return array.Type.Kind is 'U' or 'S' ? array.ToText() : Array.ConvertAll(array.ToIntegers(), v => v.ToString());
    }

    private static void RequireOnePerImage(NpyArray array, int count)
    {
        var isColumn = array.Shape.Length == 1 || array.Shape.Length == 2 && array.Shape[1] == 1;
        if (!isColumn || array.Shape[0] != count)
            throw new InputException($"{array.Name}: has shape {array.ShapeText}; for {count} images it is ({count}) or ({count}, 1)");
    }

    private static byte[] ChannelsFirst(byte[] pixels, ImageShape shape)
    {
        var result = new byte[pixels.Length];
        var plane = shape.Height * shape.Width;
        for (var i = 0; i < pixels.Length; i++)
        {
            var (image, within) = Math.DivRem(i, shape.Length);
            result[image * shape.Length + within % shape.Channels * plane + within / shape.Channels] = pixels[i];
        }
        return result;
    }

    private static byte[] ChannelsLast(ImageSet set)
    {
        var (channels, height, width) = set.Shape;
        if (channels == 1 || set.Shape.IsVolume) return set.Pixels;
        var result = new byte[set.Pixels.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (image, within) = Math.DivRem(i, set.Shape.Length);
            result[i] = set.Pixels[image * set.Shape.Length + within % channels * height * width + within / channels];
        }
        return result;
    }

    private static void WritePart(ZipArchive zip, ImageSet set, string prefix)
    {
        if (set.Shape.HasMask)
        {
            WriteArray(zip, prefix + "masks", "|u1", [set.Count, set.Shape.Height, set.Shape.Width], ImagePairs.Masks(set).Pixels);
            set = ImagePairs.Images(set);
        }
        var (channels, height, width) = set.Shape;
        int[] shape = channels == 1 ? [set.Count, height, width] : set.Shape.IsVolume ? [set.Count, channels, height, width] : [set.Count, height, width, channels];
        WriteArray(zip, prefix + "images", "|u1", shape, ChannelsLast(set));
        if (set.Labels is { } labels)
        {
            var bytes = new byte[8 * labels.Length];
            for (var i = 0; i < labels.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * i), labels[i]);
            WriteArray(zip, prefix + "labels", "<i8", [labels.Length], bytes);
        }
        if (set.Groups is { } groups) WriteText(zip, prefix + "groups", groups);
    }

    private static void WriteText(ZipArchive zip, string name, IReadOnlyList<string> values)
    {
        var encoded = values.Select(Encoding.UTF32.GetBytes).ToArray();
        var size = Math.Max(4, encoded.Max(value => value.Length));
        var bytes = new byte[size * encoded.Length];
        for (var i = 0; i < encoded.Length; i++) encoded[i].CopyTo(bytes, size * i);
        WriteArray(zip, name, $"<U{size / 4}", [values.Count], bytes);
    }

    private static void WriteArray(ZipArchive zip, string name, string descr, int[] shape, ReadOnlySpan<byte> data)
    {
        var entry = zip.CreateEntry(name + ".npy", CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // same data, same bytes
        using var stream = entry.Open();
        Npy.Write(stream, descr, shape, data);
    }
}
