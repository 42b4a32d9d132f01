namespace Understudy.Data.Formats;

/// <summary>Finds and reads the mask that lies in a folder of its own under an image's name.</summary>
internal static class MaskFile
{
    private static readonly string[] Extensions = [".png", ".PNG", ".jpg", ".JPG", ".jpeg", ".JPEG", ".tif", ".TIF", ".tiff", ".TIFF"];

    /// <summary>The entry with its mask: the file of the same path and name, whatever its ending, below the folder of masks.</summary>
    /// <param name="entry">An image below <paramref name="images"/>.</param>
    /// <param name="images">The folder of images.</param>
    /// <param name="masks">The folder of masks.</param>
    /// <exception cref="InputException">There is none, or there are two.</exception>
    public static ImageEntry WithMask(ImageEntry entry, string images, string masks)
    {
        var name = Path.ChangeExtension(Path.GetRelativePath(Path.GetFullPath(images), Path.GetFullPath(entry.Path)), null);
        var found = Extensions.Select(extension => Path.Combine(masks, name + extension)).Where(File.Exists).ToArray();
        return found switch
        {
            [var path] => entry with { Mask = shape => Read(path, entry.Path, shape) },
            [] => throw new InputException($"{entry.Path}: has no mask; {Path.Combine(masks, name + ".png")} would be it"),
            _ => throw new InputException($"{found[0]}: is a mask of {entry.Path}, and so is {found[1]}; keep one"),
        };
    }

    private static byte[] Read(string path, string imagePath, ImageShape image)
    {
        var raster = ImageCodec.Decode(InputFile.ReadAll(path), path);
        var (channels, height, width) = raster.Shape;
        if ((height, width) != (image.Height, image.Width))
            throw new InputException($"{path}: is {width}x{height}, its image {imagePath} is {image.Width}x{image.Height}; a mask has its image's size");
        var planes = raster.ToPlanes();
        var largest = new byte[height * width];
        for (var i = 0; i < planes.Length; i++) largest[i % largest.Length] = Math.Max(largest[i % largest.Length], planes[i]);
        return ImagePairs.FromFile(largest);
    }
}
