using Understudy.Data;
using Understudy.Torch;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Translation;

/// <summary>What super-resolution is measured against: cubic convolution of the low resolution, which learns nothing.</summary>
public static class BicubicEnlargement
{
    private const int Batch = 256;

    /// <summary>Images of a larger size, rounded and held within [0, 255].</summary>
    /// <param name="images">Images without masks.</param>
    /// <param name="height">At least theirs.</param>
    /// <param name="width">At least theirs.</param>
    public static ImageSet Of(ImageSet images, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, images.Shape.Height);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, images.Shape.Width);
        using var noGrad = Autograd.NoGrad();
        using var data = new ImageTensors(images, PixelRange.Unit, Device.Cpu);
        var shape = images.Shape with { Height = height, Width = width };
        var pixels = new byte[images.Count * shape.Length];
        for (var start = 0; start < images.Count; start += Batch)
        {
            using var scope = new TensorScope();
            var enlarged = F.ResizeCubic(data.Images(start, Math.Min(Batch, images.Count - start)), height, width);
            ImageTensors.ToPixels(enlarged, PixelRange.Unit).CopyTo(pixels, start * shape.Length);
        }
        return new ImageSet(shape, pixels, images.Labels, images.Labels is null ? null : images.ClassNames, images.Groups);
    }
}
