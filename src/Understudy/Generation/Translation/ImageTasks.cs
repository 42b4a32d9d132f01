using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Generation.Translation;

/// <summary>Makes the second image of a record.</summary>
public static class ImageTasks
{
    // Of a step of 2 from black to white, Sobel's filters, divided by 8, make a slope of 1.
    private const double Threshold = 0.25;

    /// <summary>The shape of the second image.</summary>
    /// <exception cref="InputException">The shape is that of volumes, or lacks the mask that is asked for.</exception>
    public static ImageShape ShapeOf(ImageTask task, ImageShape shape)
    {
        RequireImages(shape);
        if (task == ImageTask.Mask && !shape.HasMask)
            throw new InputException($"'source: mask' needs pairs of images and masks, and the data are images of {shape}; write edges or inverted, or give pairs (docs/dual-gan.md)");
        return task == ImageTask.Inverted ? shape : new ImageShape(1, shape.Height, shape.Width);
    }

    /// <summary>The shape of the second of two domains whose images are no pairs.</summary>
    /// <exception cref="InputException">The shape is that of volumes, or the mask is asked for.</exception>
    public static ImageShape DomainOf(ImageTask task, ImageShape shape) => task == ImageTask.Mask
        ? throw new InputException("'mask' is a source for pix2pix alone: a mask is part of the record, and no domain beside it; write edges or inverted")
        : ShapeOf(task, shape);

    /// <summary>Refuses volumes, whose slices are no colours: outlines and negatives of them, and their enlargement, are not defined here.</summary>
    /// <exception cref="InputException">The shape is that of volumes.</exception>
    public static void RequireImages(ImageShape shape)
    {
        if (shape.IsVolume) throw new InputException($"volumes of {shape} are not translated, images are: leave out pix2pix, cyclegan, srgan, cogan and 'translations', or give images; gan3d draws volumes");
    }

    /// <summary>The second image of each, [B, C, H, W] in [-1, 1] → <see cref="ShapeOf"/>, in [-1, 1]. Outlines and negatives are of the image: a mask has none and stays as it is.</summary>
    /// <param name="task">What is made.</param>
    /// <param name="x">The images, each with its mask where <paramref name="shape"/> has one.</param>
    /// <param name="shape">The shape of one of them.</param>
    public static Tensor Apply(ImageTask task, Tensor x, ImageShape shape)
    {
        var image = shape.HasMask ? x.Narrow(1, 0, shape.Channels - 1) : x;
        return task switch
        {
            ImageTask.Edges => Edges(image),
            ImageTask.Inverted when shape.HasMask => Tensor.Cat([-image, Mask(x, shape)], 1),
            ImageTask.Inverted => -image,
            ImageTask.Mask => Mask(x, shape),
            _ => throw new ArgumentOutOfRangeException(nameof(task)),
        };
    }

    private static Tensor Mask(Tensor x, ImageShape shape) => x.Narrow(1, shape.Channels - 1, 1);

    /// <summary>1 where Sobel's slope of the mean over channels is at least ¼ of that of a step from black to white, else -1: [B, 1, H, W].</summary>
    private static Tensor Edges(Tensor x)
    {
        var horizontal = Tensor.From([-1f, 0f, 1f, -2f, 0f, 2f, -1f, 0f, 1f], 1, 1, 3, 3).To(x.Device) / 8; // [1, 1, 3, 3]
        var grey = x.Mean([1], keepDim: true).Pad([1, 1, 1, 1], "replicate"); // [B, 1, H + 2, W + 2]
        var across = Slope(grey, horizontal);
        var along = Slope(grey, horizontal.Transpose(2, 3).Contiguous());
        return ((across.Square() + along.Square()).Sqrt().Ge(Threshold).To(DType.Float32) * 2) - 1;
    }

    private static Tensor Slope(Tensor x, Tensor filter) => Functional.Convolution(x, filter, null, [1, 1], [0, 0], [1, 1]); // [B, 1, H, W]
}
