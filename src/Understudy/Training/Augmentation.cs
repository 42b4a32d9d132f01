using Understudy.Torch;

namespace Understudy.Training;

/// <summary>Random changes that leave it clear whom an image shows: mirrored, moved, brighter or darker, more or less contrast.</summary>
public static class Augmentation
{
    private const int LargestShift = 2;
    private const double Brightness = 0.2;
    private const double Contrast = 0.2;

    /// <summary>Changes every image of a batch by itself, but for the shift, which a batch has in common; draws from libtorch's generator.</summary>
    /// <param name="x">[B, C, H, W] in [-1, 1].</param>
    /// <returns>The same shape, in [-1, 1].</returns>
    public static Tensor Apply(Tensor x)
    {
        using var noGrad = Autograd.NoGrad();
        long[] each = [x.Size(0), 1, 1, 1];
        var mirrored = Tensor.Where(Tensor.Rand(each, device: x.Device).Gt(0.5), x.Flip(3), x);
        var shifts = Tensor.RandInt(0, (2 * LargestShift) + 1, [2]).ToArray<long>();
        var moved = mirrored.Pad([LargestShift, LargestShift, LargestShift, LargestShift], "replicate")
            .Narrow(2, shifts[0], x.Size(2)).Narrow(3, shifts[1], x.Size(3));
        var contrast = 1 + (Contrast * ((2 * Tensor.Rand(each, device: x.Device)) - 1));
        var brightness = Brightness * ((2 * Tensor.Rand(each, device: x.Device)) - 1);
        return ((moved * contrast) + brightness).Clamp(-1, 1);
    }
}
