namespace Understudy.Data.Formats;

/// <summary>Finds the images of one part of a data set: those that a list names, or those in the folders of their classes.</summary>
internal static class ImageFolderScan
{
    private static readonly HashSet<string> ImageExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".jp2", ".pgm", ".ppm", ".dcm",
    };

    /// <summary>The images of a folder, ordered by name.</summary>
    /// <exception cref="InputException">There are none, they lie both beside and in sub-folders, or a file named like an image is none.</exception>
    public static List<ImageEntry> Find(string folder)
    {
        var list = Path.Combine(folder, ImageList.FileName);
        if (File.Exists(list)) return NotEmpty(ImageList.Read(list), list);
        var direct = Images(folder).Select(file => new ImageEntry(file, null, null)).ToList();
        var byClass = SubFolders(folder).SelectMany(sub => Images(sub).Select(file => new ImageEntry(file, Path.GetFileName(sub), null))).ToList();
        if (direct.Count > 0 && byClass.Count > 0)
            throw new InputException($"{direct[0].Path}: lies beside sub-folders that hold images too; put each image in the folder of its class");
        return NotEmpty(direct.Count > 0 ? direct : byClass, folder);
    }

    /// <summary>Refuses a list or folder without images.</summary>
    public static List<ImageEntry> NotEmpty(List<ImageEntry> entries, string where) =>
        entries.Count > 0 ? entries
        : throw new InputException($"{where}: holds no images; PNG, JPEG and TIFF files in a folder for each class are read");

    private static IEnumerable<string> SubFolders(string folder) =>
        Directory.GetDirectories(folder).Where(sub => !Path.GetFileName(sub).StartsWith('.')).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Images(string folder) =>
        Directory.GetFiles(folder).Where(IsImage).Order(StringComparer.Ordinal);

    /// <summary>By content; a file that is none although its name says so is an error rather than a gap in the data.</summary>
    private static bool IsImage(string path)
    {
        if (Path.GetFileName(path).StartsWith('.')) return false;
        if (ImageIntegrity.Sniff(InputFile.ReadStart(path, 8)) is not null) return true;
        return ImageExtensions.Contains(Path.GetExtension(path))
            ? throw new InputException($"{path}: the content is no PNG, JPEG or TIFF; convert or remove the file")
            : false;
    }
}
