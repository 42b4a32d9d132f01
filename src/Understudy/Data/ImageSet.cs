using Understudy.Data.Formats;

namespace Understudy.Data;

/// <summary>Images of one shape, 8 bits a value, with an optional class label and group (patient) for each.</summary>
public sealed class ImageSet
{
    /// <summary>Creates a set over arrays that it then owns.</summary>
    /// <param name="shape">The shape of every image.</param>
    /// <param name="pixels">[N, C, H, W] row-major, 0 to 255; see <see cref="ImagePairs"/> for images with masks.</param>
    /// <param name="labels">[N] class indices in [0, K), or null where the images have no labels.</param>
    /// <param name="classNames">[K] names of the classes; required exactly when there are labels.</param>
    /// <param name="groups">[N] identity of whoever an image shows (patient, drawer), or null where every image stands alone.</param>
    /// <exception cref="InputException">Lengths disagree, a label is out of range or a class name occurs twice.</exception>
    public ImageSet(ImageShape shape, byte[] pixels, int[]? labels = null, IReadOnlyList<string>? classNames = null, string[]? groups = null)
    {
        if (shape is { HasMask: true, Channels: < 2 })
            throw new InputException($"images of {shape.Channels} channels have no room for a mask; it is a channel besides the image's");
        if (shape.Length <= 0 || pixels.Length % shape.Length != 0)
            throw new InputException($"{pixels.Length} pixel values are no whole number of {shape} images");
        Count = pixels.Length / shape.Length;
        if ((labels is null) != (classNames is null))
            throw new InputException("labels and class names come together: give both or neither");
        if (labels is not null && labels.Length != Count)
            throw new InputException($"{labels.Length} labels for {Count} images; give one label an image");
        if (groups is not null && groups.Length != Count)
            throw new InputException($"{groups.Length} groups for {Count} images; give one group an image");
        if (classNames?.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InputException($"two classes are named '{twice.Key}'; give each class its own name");
        for (var i = 0; i < (labels?.Length ?? 0); i++)
        {
            if ((uint)labels![i] >= (uint)classNames!.Count)
                throw new InputException($"image {i} has label {labels[i]}; labels go from 0 to {classNames.Count - 1}");
        }
        Shape = shape;
        Pixels = pixels;
        Labels = labels;
        ClassNames = classNames ?? [];
        Groups = groups;
    }

    /// <summary>The shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>Number of images, N.</summary>
    public int Count { get; }

    /// <summary>[N, C, H, W] row-major, 0 to 255.</summary>
    public byte[] Pixels { get; }

    /// <summary>[N] class indices, or null where the images have no labels.</summary>
    public int[]? Labels { get; }

    /// <summary>Names of the classes; empty where the images have no labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>[N] groups, or null where every image stands alone.</summary>
    public string[]? Groups { get; }

    /// <summary>Number of classes, K; 0 without labels.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>The values of one image, [C, H, W].</summary>
    public ReadOnlySpan<byte> Image(int index) => Pixels.AsSpan(index * Shape.Length, Shape.Length);

    /// <summary>A copy whose images have the given size.</summary>
    /// <remarks>
    /// Area averaging along an axis that shrinks, linear interpolation between pixel centres along one that grows; values are rounded once;
    /// a mask holds what at least half of a pixel belongs to. Proportions follow the new size.
    /// </remarks>
    public ImageSet Resize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (height == Shape.Height && width == Shape.Width) return this;
        var rows = Resampling.Of(Shape.Height, height);
        var columns = Resampling.Of(Shape.Width, width);
        var pixels = Resampling.Apply(Pixels, rows, columns, Shape.Height, Shape.Width);
        var resized = new ImageSet(Shape with { Height = height, Width = width }, pixels, Labels, Labels is null ? null : ClassNames, Groups);
        if (Shape.HasMask) ImagePairs.Binarise(resized);
        return resized;
    }

    /// <summary>A copy whose images have that height and width, and whose volumes that depth too; see <see cref="Resize(int, int)"/>.</summary>
    public ImageSet Resize(int side)
    {
        var resized = Resize(side, side);
        if (!Shape.IsVolume || Shape.Channels == side) return resized;
        var plane = side * side;
        var pixels = Resampling.Apply(resized.Pixels, Resampling.Of(Shape.Channels, side), Resampling.Of(plane, plane), Shape.Channels, plane);
        return new ImageSet(resized.Shape with { Channels = side }, pixels, Labels, Labels is null ? null : ClassNames, Groups);
    }

    /// <summary>All images of several sets of one shape and the same classes, in order.</summary>
    /// <exception cref="InputException">The sets differ in shape, or only some have labels or groups.</exception>
    public static ImageSet Concat(params ReadOnlySpan<ImageSet> sets)
    {
        var first = sets[0];
        foreach (var set in sets)
        {
            if (set.Shape != first.Shape || (set.Labels is null) != (first.Labels is null) || (set.Groups is null) != (first.Groups is null))
                throw new InputException($"sets of {first.Shape} and {set.Shape} cannot be joined: shapes, labels and groups must agree");
        }
        var all = sets.ToArray();
        var pixels = new byte[all.Sum(set => set.Pixels.Length)];
        var at = 0;
        foreach (var set in all)
        {
            set.Pixels.CopyTo(pixels, at);
            at += set.Pixels.Length;
        }
        return new ImageSet(
            first.Shape,
            pixels,
            first.Labels is null ? null : [.. all.SelectMany(set => set.Labels!)],
            first.Labels is null ? null : first.ClassNames,
            first.Groups is null ? null : [.. all.SelectMany(set => set.Groups!)]);
    }

    /// <summary>So many images, at even distances over the set: of every class, where the set is sorted by class. All of them where there are no more.</summary>
    /// <param name="count">At least 1.</param>
    public ImageSet Spread(int count) => Count <= count ? this : Subset([.. Enumerable.Range(0, count).Select(i => (int)((long)i * Count / count))]);

    /// <summary>A copy of the chosen images, in the order given.</summary>
    public ImageSet Subset(ReadOnlySpan<int> indices)
    {
        var pixels = new byte[indices.Length * Shape.Length];
        var labels = Labels is null ? null : new int[indices.Length];
        var groups = Groups is null ? null : new string[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            Image(indices[i]).CopyTo(pixels.AsSpan(i * Shape.Length));
            if (labels is not null) labels[i] = Labels![indices[i]];
            if (groups is not null) groups[i] = Groups![indices[i]];
        }
        return new ImageSet(Shape, pixels, labels, Labels is null ? null : ClassNames, groups);
    }
}
