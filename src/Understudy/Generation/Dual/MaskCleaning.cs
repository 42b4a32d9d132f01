using Understudy.Data;
using Understudy.Torch;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Dual;

/// <summary>Brings real and synthetic masks to one form, and varies those that stage II learns from.</summary>
/// <remarks>Stage II meets real masks in training and those of stage I afterwards: what tells them apart would make it paint what it has never learnt to.</remarks>
internal static class MaskCleaning
{
    private const double HoleShare = 0.02;

    /// <summary>A mask whose every pixel is what most of the 3×3 around it are: [B, 1, H, W], any sign → -1 or 1.</summary>
    public static Tensor Smooth(Tensor masks) => ToSigns(F.AvgPool(ToSigns(masks).Pad([1, 1, 1, 1], "replicate"), [3, 3], [1, 1], [0, 0]));

    /// <summary>Each mask by itself and by chance left as it is, grown by a pixel, shrunk by a pixel, or given small holes: [B, 1, H, W] in -1 and 1.</summary>
    public static Tensor Vary(Tensor masks)
    {
        var batch = masks.Size(0);
        var choice = Tensor.RandInt(0, 4, [batch, 1, 1, 1], device: masks.Device);
        var grown = Grow(masks);
        var shrunk = -Grow(-masks);
        // Holes of 2×2 pixels.
        var seeds = Tensor.Rand([batch, 1, masks.Size(2) / 2, masks.Size(3) / 2], device: masks.Device).Lt(HoleShare).To(DType.Float32);
        var holed = masks.Minimum(1 - (F.UpsampleNearest(seeds, 2) * 2));
        return Tensor.Where(choice.Eq(1), grown, Tensor.Where(choice.Eq(2), shrunk, Tensor.Where(choice.Eq(3), holed, masks)));
    }

    /// <summary>The smoothed masks of a set as images.</summary>
    public static ImageSet Smooth(ImageSet masks)
    {
        using var scope = new TensorScope();
        using var noGrad = Autograd.NoGrad();
        var x = Tensor.From(masks.Pixels, masks.Count, 1, masks.Shape.Height, masks.Shape.Width).To(DType.Float32) - (ImagePairs.Threshold - 0.5);
        return new ImageSet(masks.Shape, ((Smooth(x) + 1) * 127.5).To(DType.UInt8).ToArray<byte>(), groups: masks.Groups);
    }

    private static Tensor Grow(Tensor masks) => F.MaxPool(masks.Pad([1, 1, 1, 1], "replicate"), [3, 3], [1, 1], [0, 0]);

    private static Tensor ToSigns(Tensor x) => (x.Gt(0).To(DType.Float32) * 2) - 1;
}
