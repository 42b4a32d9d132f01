using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Reads a folder in the layout of PASCAL VOC whose objects are marked by boxes, as BCCD is published.</summary>
/// <remarks>
/// <c>JPEGImages/NAME.jpg</c> with <c>Annotations/NAME.xml</c>, divided as <c>ImageSets/Main/train.txt</c>, <c>val.txt</c> and <c>test.txt</c> say.
/// A box says where an object ends, not which pixels are its own: the mask of an image is the union of the ellipses that its boxes enclose,
/// a good likeness of cells and a poor one of anything that is not round.
/// </remarks>
public static class VocFolder
{
    private const string ImagesFolder = "JPEGImages";
    private const string BoxesFolder = "Annotations";

    /// <summary>Whether a folder has this layout.</summary>
    public static bool Is(string path) => Directory.Exists(Path.Combine(path, ImagesFolder)) && Directory.Exists(Path.Combine(path, BoxesFolder));

    /// <summary>Reads a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="size">Where given, each image is brought to this height and width; otherwise all must have one size.</param>
    /// <exception cref="InputException">An image or its boxes are not there or damaged, or a box lies outside its image.</exception>
    public static ImageData Read(string path, int? size = null)
    {
        var lists = Path.Combine(path, "ImageSets", "Main");
        var parts = new[] { "train", "val", "test" }.Select(part => (Part: part, List: Path.Combine(lists, part + ".txt")))
            .Where(part => File.Exists(part.List)).ToDictionary(part => part.Part, part => Listed(path, part.List));
        if (!parts.ContainsKey("train"))
            parts = new() { ["train"] = [.. Directory.GetFiles(Path.Combine(path, ImagesFolder), "*.jpg").Order(StringComparer.Ordinal).Select(image => Entry(path, Path.GetFileNameWithoutExtension(image), image))] };
        foreach (var (part, entries) in parts) ImageFolderScan.NotEmpty(entries, part == "train" ? path : Path.Combine(lists, part + ".txt"));
        return ImageFolder.ReadParts(parts, path, size);
    }

    private static List<ImageEntry> Listed(string path, string list)
    {
        var names = new HashSet<string>();
        var entries = new List<ImageEntry>();
        foreach (var (i, line) in InputFile.ReadLines(list).Index())
        {
            var name = line.Trim();
            if (name.Length == 0) continue;
            if (name != Path.GetFileName(name)) throw new InputException($"{list}, line {i + 1}: '{name}' is no name of an image; it is a file's name without folder and ending");
            if (!names.Add(name)) throw new InputException($"{list}, line {i + 1}: '{name}' is named a second time");
            entries.Add(Entry(path, name, $"{list}, line {i + 1}"));
        }
        return entries;
    }

    private static ImageEntry Entry(string path, string name, string where)
    {
        var (image, boxes) = (Path.Combine(path, ImagesFolder, name + ".jpg"), Path.Combine(path, BoxesFolder, name + ".xml"));
        foreach (var file in new[] { image, boxes })
        {
            if (!File.Exists(file)) throw new InputException($"{where}: there is no {file}");
        }
        return new ImageEntry(image, null, null, shape => VocBoxes.Mask(boxes, shape));
    }
}
