namespace Understudy.Data;

/// <summary>Images with masks, held as one set whose last channel is the mask (<see cref="ImageShape.HasMask"/>).</summary>
/// <remarks>A pixel of a mask is foreground from 128 on; what is read or resized holds 0 and 255 alone.</remarks>
public static class ImagePairs
{
    /// <summary>The least value of a mask that is foreground.</summary>
    public const byte Threshold = 128;

    /// <summary>Puts images and their masks together.</summary>
    /// <param name="images">[N, C, H, W], with the labels and groups of the pairs.</param>
    /// <param name="masks">[N, 1, H, W].</param>
    /// <exception cref="InputException">They differ in number, height or width, or the masks have more than one channel.</exception>
    public static ImageSet Join(ImageSet images, ImageSet masks)
    {
        if (images.Shape.HasMask) throw new InputException("the images have masks already");
        if (masks.Count != images.Count || masks.Shape != images.Shape with { Channels = 1 })
            throw new InputException($"{masks.Count} masks of {masks.Shape} for {images.Count} images of {images.Shape}; each image has a mask of one channel and its own size");
        var shape = images.Shape with { Channels = images.Shape.Channels + 1, HasMask = true };
        var pixels = new byte[(long)images.Count * shape.Length];
        for (var i = 0; i < images.Count; i++)
        {
            images.Image(i).CopyTo(pixels.AsSpan(i * shape.Length));
            masks.Image(i).CopyTo(pixels.AsSpan(i * shape.Length + images.Shape.Length));
        }
        var pairs = new ImageSet(shape, pixels, images.Labels, images.Labels is null ? null : images.ClassNames, images.Groups);
        Binarise(pairs);
        return pairs;
    }

    /// <summary>The images alone, [N, C − 1, H, W].</summary>
    /// <exception cref="InputException">The set has no masks.</exception>
    public static ImageSet Images(ImageSet pairs) => Part(pairs, pairs.Shape.WithoutMask, 0);

    /// <summary>The masks alone, [N, 1, H, W].</summary>
    /// <exception cref="InputException">The set has no masks.</exception>
    public static ImageSet Masks(ImageSet pairs) => Part(pairs, pairs.Shape.WithoutMask with { Channels = 1 }, pairs.Shape.WithoutMask.Length);

    /// <summary>The mask of one pair, [H, W].</summary>
    public static ReadOnlySpan<byte> Mask(ImageSet pairs, int index) => pairs.Image(index)[pairs.Shape.WithoutMask.Length..];

    /// <summary>How a set is shown: each image with its mask to the right, [N, C − 1, H, 2W]; a set without masks as it is.</summary>
    public static ImageSet SideBySide(ImageSet set)
    {
        if (!set.Shape.HasMask) return set;
        var (channels, height, width) = set.Shape.WithoutMask;
        var shape = new ImageShape(channels, height, 2 * width);
        var pixels = new byte[(long)set.Count * shape.Length];
        for (var i = 0; i < set.Count; i++)
        {
            var image = set.Image(i);
            var mask = Mask(set, i);
            for (var row = 0; row < channels * height; row++)
            {
                var target = pixels.AsSpan((i * channels * height + row) * 2 * width);
                image.Slice(row * width, width).CopyTo(target);
                mask.Slice(row % height * width, width).CopyTo(target[width..]);
            }
        }
        return new ImageSet(shape, pixels, set.Labels, set.Labels is null ? null : set.ClassNames, set.Groups);
    }

    /// <summary>A mask as a file holds it, in 0 and 255: values that never reach the threshold are numbers of labels, and all but 0 are foreground.</summary>
    internal static byte[] FromFile(ReadOnlySpan<byte> values)
    {
        var least = values.ContainsAnyInRange(Threshold, byte.MaxValue) ? Threshold : (byte)1;
        var mask = new byte[values.Length];
        for (var p = 0; p < mask.Length; p++) mask[p] = values[p] >= least ? byte.MaxValue : (byte)0;
        return mask;
    }

    /// <summary>Brings the masks of a set to 0 and 255, in place; a set without masks stays as it is.</summary>
    /// <returns>The set.</returns>
    internal static ImageSet Binarise(ImageSet pairs)
    {
        var image = pairs.Shape.WithoutMask.Length;
        for (var i = 0; i < pairs.Count; i++)
        {
            foreach (ref var value in pairs.Pixels.AsSpan(i * pairs.Shape.Length + image, pairs.Shape.Length - image))
                value = value >= Threshold ? byte.MaxValue : (byte)0;
        }
        return pairs;
    }

    private static ImageSet Part(ImageSet pairs, ImageShape shape, int start)
    {
        if (!pairs.Shape.HasMask) throw new InputException($"images of {pairs.Shape} have no masks; give pairs of images and masks");
        var pixels = new byte[(long)pairs.Count * shape.Length];
        for (var i = 0; i < pairs.Count; i++) pairs.Image(i).Slice(start, shape.Length).CopyTo(pixels.AsSpan(i * shape.Length));
        return new ImageSet(shape, pixels, pairs.Labels, pairs.Labels is null ? null : pairs.ClassNames, pairs.Groups);
    }
}
