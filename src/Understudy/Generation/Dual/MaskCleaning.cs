using System.Globalization;
using Understudy.Data;
using Understudy.Torch;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Dual;

/// <summary>Brings real and synthetic masks to one form, and varies those that stage II learns from.</summary>
/// <remarks>Stage II meets real masks in training and those of stage I afterwards: what tells them apart would make it paint what it has never learnt to.</remarks>
internal sealed class MaskCleaning
{
    /// <summary>For regions: each pixel becomes what most of the 3×3 around it are. Lines a pixel or two wide would be wiped out.</summary>
    public static readonly MaskCleaning Regions = new(isThin: false);

    /// <summary>For lines, such as vessels: specks alone go, of which no more than one of the eight pixels around is alike, and no mask is shrunk.</summary>
    public static readonly MaskCleaning Lines = new(isThin: true);

    private const double HoleShare = 0.02;
    private const double LeastKept = 0.5;
    private const int Batch = 256;
    private readonly bool isThin;

    private MaskCleaning(bool isThin) => this.isThin = isThin;

    /// <summary>Masks without specks or, for regions, ragged edges: [B, 1, H, W], any sign → -1 or 1.</summary>
    public Tensor Smooth(Tensor masks)
    {
        var signs = ToSigns(masks);
        var mean = F.AvgPool(signs.Pad([1, 1, 1, 1], "replicate"), [3, 3], [1, 1], [0, 0]);
        return isThin ? Tensor.Where((signs * mean).Lt(-0.5), -signs, signs) : ToSigns(mean); // -5/9: two of nine are alike, the pixel and one more
    }

    /// <summary>Each mask by itself and by chance left as it is, grown by a pixel, shrunk by a pixel (lines are left as they are), or given small holes: [B, 1, H, W] in -1 and 1.</summary>
    public Tensor Vary(Tensor masks)
    {
        var batch = masks.Size(0);
        var choice = Tensor.RandInt(0, 4, [batch, 1, 1, 1], device: masks.Device);
        var grown = Grow(masks);
        var shrunk = isThin ? masks : -Grow(-masks);
        // Holes of 2×2 pixels.
        var seeds = Tensor.Rand([batch, 1, masks.Size(2) / 2, masks.Size(3) / 2], device: masks.Device).Lt(HoleShare).To(DType.Float32);
        var holed = masks.Minimum(1 - (F.UpsampleNearest(seeds, 2) * 2));
        return Tensor.Where(choice.Eq(1), grown, Tensor.Where(choice.Eq(2), shrunk, Tensor.Where(choice.Eq(3), holed, masks)));
    }

    /// <summary>The smoothed masks of a set as images.</summary>
    public ImageSet Smooth(ImageSet masks)
    {
        using var noGrad = Autograd.NoGrad();
        var (_, height, width) = masks.Shape;
        var pixels = new byte[masks.Pixels.Length];
        for (var start = 0; start < masks.Count; start += Batch)
        {
            using var scope = new TensorScope();
            var count = Math.Min(Batch, masks.Count - start);
            var x = Tensor.From<byte>(masks.Pixels.AsSpan(start * height * width, count * height * width), count, 1, height, width).To(DType.Float32) - (ImagePairs.Threshold - 0.5);
            ((Smooth(x) + 1) * 127.5).To(DType.UInt8).ToArray<byte>().CopyTo(pixels, (long)start * height * width);
        }
        return new ImageSet(masks.Shape, pixels, groups: masks.Groups);
    }

    /// <summary>Checks that what is cleaned is still there.</summary>
    /// <exception cref="InputException">There is no foreground, or less than half of it would be left.</exception>
    public void Check(ImageSet masks)
    {
        var (before, after) = (Foreground(masks), Foreground(Smooth(masks)));
        if (before == 0) throw new InputException("no mask of the training pairs has any foreground; give pairs whose masks show something");
        if (after < LeastKept * before)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"smoothing the masks would leave {(double)after / before:0%} of their foreground: lines a pixel or two wide are wiped out; set thinMasks: true, or a larger data.size"));

        static long Foreground(ImageSet set) => set.Pixels.LongCount(value => value >= ImagePairs.Threshold);
    }

    private static Tensor Grow(Tensor masks) => F.MaxPool(masks.Pad([1, 1, 1, 1], "replicate"), [3, 3], [1, 1], [0, 0]);

    private static Tensor ToSigns(Tensor x) => (x.Gt(0).To(DType.Float32) * 2) - 1;
}
