namespace Understudy.Data.Formats;

/// <summary>Decodes image files, and their masks where they have any, into sets of one shape.</summary>
internal sealed class ImageFiles(int? size)
{
    private readonly Dictionary<string, List<(byte[] Pixels, byte[]? Mask)>> _planes = []; // each [C, H, W] and [H, W]; C may still be 1 or 3
    private string? _firstPath;
    private ImageShape _shape;

    /// <summary>Decodes the images of a part.</summary>
    /// <exception cref="InputException">One is damaged, or differs in size from the first while no size was asked for.</exception>
    public void Add(string part, IReadOnlyList<ImageEntry> entries)
    {
        var planes = _planes[part] = [];
        foreach (var entry in entries)
        {
            var image = Decode(entry);
            var shape = image.Shape.WithoutMask;
            if (_firstPath is null) (_firstPath, _shape) = (entry.Path, shape);
            if (shape with { Channels = _shape.Channels } != _shape)
            {
                throw new InputException(
                    $"{entry.Path}: is {Size(shape)}, {_firstPath} is {Size(_shape)}; bring all images to one size, or ask for it (--size)");
            }
            if (shape.Channels > _shape.Channels) _shape = shape;
            planes.Add(image.Shape.HasMask ? (image.Pixels[..shape.Length], image.Pixels[shape.Length..]) : (image.Pixels, null));
        }
    }

    /// <summary>The images of a part as a set; grey ones become RGB where any file of any part is RGB.</summary>
    public ImageSet ToSet(string part, IReadOnlyList<ImageEntry> entries, string[] classNames)
    {
        var planes = _planes[part];
        var shape = entries[0].Mask is null ? _shape : _shape with { Channels = _shape.Channels + 1, HasMask = true };
        if ((long)planes.Count * shape.Length > Array.MaxLength)
            throw new InputException($"{planes.Count} images of {shape} are more than {Array.MaxLength} bytes; ask for a smaller size (--size)");
        var pixels = new byte[planes.Count * shape.Length];
        for (var i = 0; i < planes.Count; i++)
        {
            var (image, mask) = planes[i];
            for (var at = 0; at < _shape.Length; at += image.Length) image.CopyTo(pixels, i * shape.Length + at);
            mask?.CopyTo(pixels, i * shape.Length + _shape.Length);
        }
        return new ImageSet(shape, pixels, Labels(entries, classNames), entries[0].Label is null ? null : classNames, Groups(entries));
    }

    private static int[]? Labels(IReadOnlyList<ImageEntry> entries, string[] classNames)
    {
        if (entries[0].Label is null) return null;
        var numbers = classNames.Index().ToDictionary(c => c.Item, c => c.Index);
        return [.. entries.Select(entry => numbers.TryGetValue(entry.Label!, out var label)
            ? label
            : throw new InputException($"{entry.Path}: class '{entry.Label}' is not in classes.txt, which has {string.Join(", ", classNames.Take(20))}"))];
    }

    private static string[]? Groups(IReadOnlyList<ImageEntry> entries) =>
        entries[0].Group is null ? null : [.. entries.Select(entry => entry.Group!)];

    private static string Size(ImageShape shape) => $"{shape.Width}x{shape.Height}";

    private ImageSet Decode(ImageEntry entry)
    {
        var raster = ImageCodec.Decode(InputFile.ReadAll(entry.Path), entry.Path);
        var image = new ImageSet(raster.Shape, raster.ToPlanes());
        if (entry.Mask is not null) image = ImagePairs.Join(image, new ImageSet(raster.Shape with { Channels = 1 }, entry.Mask(raster.Shape)));
        return size is { } side ? image.Resize(side, side) : image;
    }
}
