using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Reads and writes folders of image files.</summary>
/// <remarks>
/// A folder has one sub-folder for each class, or images without classes, or a file <c>labels.csv</c> with the columns file, label and group,
/// which then alone decides what is read. <c>classes.txt</c>, where there is one, lists the names of the classes in their order, one a line;
/// otherwise they are sorted. With a sub-folder <c>train</c> (and <c>val</c>, <c>test</c>) each of these is such a folder.
/// PNG, JPEG and TIFF are told by content. Where some images are grey and some RGB, all become RGB. A folder that holds <c>images</c> and
/// <c>masks</c> holds pairs: <c>images</c> is read as above, and the mask of <c>images/NAME</c> is <c>masks/NAME</c>, whatever its ending;
/// a mask is 0 outside and 255, or the number of a label, inside.
/// </remarks>
public static class ImageFolder
{
    private const string ImagesFolder = "images";
    private const string MasksFolder = "masks";
    private static readonly (string, string)[] YesNo = [("0", "1"), ("-1", "1"), ("no", "yes"), ("false", "true")];

    /// <summary>Reads a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="size">Where given, each image is brought to this height and width; otherwise all must have one size.</param>
    /// <exception cref="InputException">It holds no images, one is damaged or differs in size, or the lists are wrong.</exception>
    public static ImageData Read(string path, int? size = null)
    {
        if (!Directory.Exists(path)) throw new InputException($"{path}: there is no such folder");
        string Part(string name) => Path.Combine(path, name);
        var names = Directory.Exists(Part("train")) ? new[] { "train", "val", "test" }.Where(name => Directory.Exists(Part(name))) : [];
        var parts = names.ToDictionary(name => name, name => Find(Part(name)));
        if (parts.Count == 0) parts["train"] = Find(path);
        return Load(parts, Path.Combine(path, ClassLabels.FileName), size);
    }

    /// <summary>Reads the images that a CSV file lists; see the remarks for its columns.</summary>
    /// <inheritdoc cref="Read"/>
    public static ImageData ReadList(string path, int? size = null)
    {
        var entries = ImageFolderScan.NotEmpty(ImageList.Read(path), path);
        return Load(new() { ["train"] = entries }, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ClassLabels.FileName), size);
    }

    /// <summary>Reads images with one of their attributes, of two values, as their class.</summary>
    /// <param name="path">A CSV file with the columns file, group if wanted, and one for each attribute; or a folder that has one called <c>attributes.csv</c>.</param>
    /// <param name="attribute">The column. Values such as 0 and 1, -1 and 1, no and yes become the classes 'not ATTRIBUTE' and 'ATTRIBUTE'.</param>
    /// <param name="size">Where given, each image is brought to this height and width; otherwise all must have one size.</param>
    /// <exception cref="InputException">There is no such list or column, the column has not two values, or an image is damaged.</exception>
    public static ImageData ReadAttribute(string path, string attribute, int? size = null)
    {
        var list = Directory.Exists(path) ? Path.Combine(path, ImageList.AttributesName) : path;
        if (!File.Exists(list)) throw new InputException($"{list}: there is no such list of attributes; give a CSV file with the columns file, {attribute}");
        var entries = ImageFolderScan.NotEmpty(ImageList.Read(list, attribute), list);
        var values = ClassLabels.Sorted(entries.Select(entry => entry.Label!));
        if (values.Length != 2)
            throw new InputException($"{list}: column '{attribute}' has {values.Length} values ({string.Join(", ", values.Take(5))}); an attribute has two");
        string[] names = YesNo.Contains((values[0].ToLowerInvariant(), values[1].ToLowerInvariant())) ? [$"not {attribute}", attribute] : values;
        var files = new ImageFiles(size);
        entries = [.. entries.Select(entry => entry with { Label = names[Array.IndexOf(values, entry.Label)] })];
        files.Add("train", entries);
        return new ImageData(files.ToSet("train", entries, names));
    }

    /// <summary>Writes a new folder of PNG files that <see cref="Read"/> reads back as it was.</summary>
    /// <exception cref="InputException">Something is at <paramref name="path"/> already, a class name has a line break, or the images are volumes.</exception>
    public static void Write(ImageData data, string path) => AtomicDirectory.Write(path, folder =>
    {
        if (data.Train.ClassNames.FirstOrDefault(name => name.AsSpan().IndexOfAny('\r', '\n') >= 0) is { } broken)
            throw new InputException($"class name '{broken.ReplaceLineEndings(" ")}' has a line break; rename the class");
        if (data.Train.Shape.IsVolume) throw new InputException($"{path}: is to hold volumes, which are no pictures; write an NPZ file");
        var hasParts = data.Val is not null || data.Test is not null;
        foreach (var (name, set) in data.Parts) WritePart(set, hasParts ? Directory.CreateDirectory(Path.Combine(folder, name)).FullName : folder);
        if (data.Train.Labels is not null) File.WriteAllLines(Path.Combine(folder, ClassLabels.FileName), data.Train.ClassNames);
    });

    /// <summary>Writes a new folder of PNG files of one set.</summary>
    /// <inheritdoc cref="Write(ImageData, string)"/>
    public static void Write(ImageSet set, string path) => Write(new ImageData(set), path);

    /// <summary>The images of one part of a data set that entries name.</summary>
    internal static ImageData ReadParts(Dictionary<string, List<ImageEntry>> parts, string path, int? size) =>
        Load(parts, Path.Combine(path, ClassLabels.FileName), size);

    private static List<ImageEntry> Find(string folder)
    {
        var (images, masks) = (Path.Combine(folder, ImagesFolder), Path.Combine(folder, MasksFolder));
        if (!Directory.Exists(images) || !Directory.Exists(masks)) return ImageFolderScan.Find(folder);
        return [.. ImageFolderScan.Find(images).Select(entry => MaskFile.WithMask(entry, images, masks))];
    }

    private static ImageData Load(Dictionary<string, List<ImageEntry>> parts, string classesPath, int? size)
    {
        var labels = parts.Values.SelectMany(entries => entries).Select(entry => entry.Label).OfType<string>();
        var classNames = File.Exists(classesPath) ? ClassLabels.ReadList(classesPath) : ClassLabels.Sorted(labels);
        if (classNames.Length > ClassLabels.MaxClasses)
            throw new InputException($"{parts["train"][0].Path} and the others have {classNames.Length} classes; at most {ClassLabels.MaxClasses} are read");
        var files = new ImageFiles(size);
        foreach (var (name, entries) in parts) files.Add(name, entries);
        ImageSet? Part(string name) => parts.TryGetValue(name, out var entries) ? files.ToSet(name, entries, classNames) : null;
        return new ImageData(Part("train")!, Part("val"), Part("test"));
    }

    private static void WritePart(ImageSet set, string folder)
    {
        if (set.Shape.HasMask)
        {
            var masks = ImagePairs.Masks(set);
            WritePart(ImagePairs.Images(set), Directory.CreateDirectory(Path.Combine(folder, ImagesFolder)).FullName);
            WriteImages(masks, Directory.CreateDirectory(Path.Combine(folder, MasksFolder)).FullName);
        }
        else
        {
            ImageList.Write(Path.Combine(folder, ImageList.FileName), WriteImages(set, folder));
        }
    }

    private static List<ImageEntry> WriteImages(ImageSet set, string folder)
    {
        var folders = FolderNames(set.ClassNames);
        var entries = new List<ImageEntry>();
        for (var i = 0; i < set.Count; i++)
        {
            var sub = set.Labels is { } labels ? folders[labels[i]] : "";
            Directory.CreateDirectory(Path.Combine(folder, sub));
            var file = Path.Combine(sub, $"{i:D6}.png");
            File.WriteAllBytes(Path.Combine(folder, file), ImageCodec.Encode(Raster.From(set, i), ImageFormat.Png));
            entries.Add(new ImageEntry(file, set.Labels is null ? null : set.ClassNames[set.Labels[i]], set.Groups?[i]));
        }
        return entries;
    }

    /// <summary>Class names as folder names; the number keeps names apart that become alike.</summary>
    private static string[] FolderNames(IReadOnlyList<string> classNames)
    {
        var names = classNames.Select(name => string.Concat(name.Select(Safe)).Trim()).ToArray();
        var areDistinct = names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length && names.All(name => name.Length is > 0 and < 200);
        return areDistinct ? names : [.. names.Select((name, k) => $"{k}-{name[..Math.Min(name.Length, 100)]}")];
    }

    private static char Safe(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or ' ' ? c : '_';
}
