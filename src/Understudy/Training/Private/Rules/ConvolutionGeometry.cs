using Understudy.Torch;

namespace Understudy.Training.Private.Rules;

/// <summary>Which elements of an image each window of a convolution sees, and the products that follow from it.</summary>
/// <param name="Kernel">One number a spatial dimension, as are the next four.</param>
/// <param name="Windows">Windows along each dimension.</param>
/// <param name="Stride">Steps between windows.</param>
/// <param name="Padding">Zeros on both sides of the image.</param>
/// <param name="Dilation">Steps between the elements of a window.</param>
/// <param name="Groups">Groups of channels that do not mix.</param>
internal sealed record ConvolutionGeometry(long[] Kernel, long[] Windows, long[] Stride, long[] Padding, long[] Dilation, long Groups)
{
    // What copying or adding a number costs, in multiplications within a matrix product.
    private const int CopyCost = 12;
    private const int AddCost = 4;

    private static readonly Operator ConvolutionBackwardOp = new("aten::convolution_backward");
    private static readonly Operator SliceOp = new("aten::slice", "Tensor");
    private static readonly bool[] WeightGradientOnly = [false, true, false];

    private int Dimensions => Kernel.Length;

    private long WindowCount => Product(Windows);

    private long KernelCount => Product(Kernel);

    /// <summary>Weight gradient of the convolution, summed over the samples.</summary>
    /// <param name="image">[B, C, …].</param>
    /// <param name="gradient">With respect to the convolution's output, [B, D, windows…].</param>
    /// <returns>[D, C/groups, kernel…].</returns>
    public Tensor WeightGradient(Tensor image, Tensor gradient) => WeightGradient(image, gradient, Groups);

    /// <summary>Weight gradient of the convolution for each sample: that of one convolution whose groups are the samples.</summary>
    /// <param name="image">[B, C, …].</param>
    /// <param name="gradient">With respect to the convolution's output, [B, D, windows…].</param>
    /// <returns>[B, D, C/groups, kernel…].</returns>
    public Tensor WeightGradients(Tensor image, Tensor gradient)
    {
        var batch = image.Size(0);
        return WeightGradient(image.Flatten(0, 1).Unsqueeze(0), gradient.Flatten(0, 1).Unsqueeze(0), batch * Groups).Unflatten(0, batch, gradient.Size(1));
    }

    /// <summary>What each window sees: [n, C, …] to [n, C·kernel, windows].</summary>
    public Tensor Unfold(Tensor image)
    {
        var padded = Padded(image);
        var views = new List<Tensor>();
        foreach (var place in Product(Kernel.Select(k => Enumerable.Range(0, (int)k).Select(i => (long)i))))
        {
            var view = padded;
            for (var i = 0; i < Dimensions; i++) view = Every(view, i + 2, place[i] * Dilation[i], Stride[i], Windows[i]);
            views.Add(view);
        }
        return Tensor.Stack([.. views], 2).Reshape(image.Size(0), image.Size(1) * KernelCount, WindowCount);
    }

    /// <summary>Inner products of what any two windows see: [n, C, …] to [n, windows, windows].</summary>
    /// <remarks>
    /// Windows overlap, so it can cost less to take the inner products of all pairs of pixels once and to add them up along the window:
    /// by up to 9 for a 3×3 kernel. Pixels a stride apart belong together, as they lie at the same place of neighbouring windows; hence
    /// one lattice of pixels for each residue of the stride.
    /// </remarks>
    public Tensor WindowGram(Tensor image) => PixelsAreCheaper(image.Shape)
        ? PairSums(image, Dimensions - 1).Reshape(image.Size(0), WindowCount, WindowCount)
        : Gram.Of(Unfold(image));

    /// <summary>Numbers that <see cref="WindowGram"/> needs in memory for an image [1, C, …].</summary>
    public long Scratch(long[] shape) => PixelsAreCheaper(shape)
        ? Lattices(shape).Max(lattice => (3 * Square(Pixels(lattice))) + (shape[1] * Pixels(lattice))) + Square(WindowCount)
        : (WindowCount * shape[1] * KernelCount) + Square(WindowCount);

    private bool PixelsAreCheaper(long[] shape)
    {
        var byPixels = (shape[1] * Lattices(shape).Sum(lattice => Square(Pixels(lattice)))) + (AddCost * KernelCount * Square(WindowCount));
        var byWindows = shape[1] * KernelCount * WindowCount * (WindowCount + CopyCost);
        return byPixels < byWindows;
    }

    // Inner products of pairs of pixels, summed along the window in the dimensions up to one: [n, C, …] to [n, places…, places…], where a
    // place is a window in those dimensions and a pixel in the others.
    private Tensor PairSums(Tensor pixels, int dimension)
    {
        var shape = pixels.Shape;
        if (dimension < 0) return Gram.Of(pixels.Flatten(2)).Reshape([shape[0], .. shape[2..], .. shape[2..]]);
        long[] places = [.. Windows[..(dimension + 1)], .. shape[(dimension + 3)..]];
        var sums = Tensor.Zeros([shape[0], .. places, .. places], pixels.DType, pixels.Device);
        foreach (var line in Lines(dimension, shape[dimension + 2]))
        {
            using var scope = new TensorScope();
            var pairs = PairSums(Every(pixels, dimension + 2, line.Start, Stride[dimension], line.Length), dimension - 1);
            foreach (var shift in line.Shifts)
            {
                // Both pixels of a pair move together. What lies in the padding is 0.
                var first = Math.Max(0, -shift);
                var count = Math.Min(Windows[dimension], line.Length - shift) - first;
                if (count > 0) Both(sums, first, count).AddInPlace(Both(pairs, first + shift, count));
            }
        }
        return sums;

        Tensor Both(Tensor pairs, long start, long length) =>
            pairs.Narrow(dimension + 1, start, length).Narrow(dimension + 1 + Dimensions, start, length);
    }

    private IEnumerable<Line[]> Lattices(long[] shape) => Product(Enumerable.Range(0, Dimensions).Select(i => Lines(i, shape[i + 2])));

    private IEnumerable<Line> Lines(int dimension, long size) =>
        from k in Enumerable.Range(0, (int)Kernel[dimension])
        let offset = (k * Dilation[dimension]) - Padding[dimension]
        let shift = (long)Math.Floor((double)offset / Stride[dimension])
        group shift by offset - (shift * Stride[dimension]) into shifts
        where shifts.Key < size
        select new Line(shifts.Key, (size - shifts.Key + Stride[dimension] - 1) / Stride[dimension], [.. shifts]);

    private Tensor WeightGradient(Tensor image, Tensor gradient, long groups)
    {
        // libtorch wants a weight for the sake of its shape.
        var weight = Tensor.Empty([gradient.Size(1), image.Size(1) / groups, .. Kernel], image.DType, image.Device);
        return ConvolutionBackwardOp.Call(
            gradient, image, weight, Value.None, Stride, Padding, Dilation, false, new long[Dimensions], groups, WeightGradientOnly);
    }

    private Tensor Padded(Tensor image) =>
        Array.TrueForAll(Padding, p => p == 0) ? image : image.Pad([.. Padding.Reverse().SelectMany(p => new[] { p, p })]);

    private static Tensor Every(Tensor x, long dimension, long start, long step, long count) =>
        SliceOp.Call(x, dimension, start, start + (step * (count - 1)) + 1, step);

    private static long Pixels(Line[] lattice) => lattice.Aggregate(1L, (product, line) => product * line.Length);

    private static long Product(long[] lengths) => lengths.Aggregate(1L, (product, length) => product * length);

    private static long Square(long x) => x * x;

    private static IEnumerable<T[]> Product<T>(IEnumerable<IEnumerable<T>> choices) =>
        choices.Aggregate<IEnumerable<T>, IEnumerable<T[]>>([[]], (tuples, choice) => tuples.SelectMany(tuple => choice.Select(item => (T[])[.. tuple, item])));

    /// <summary>Every stride-th pixel along a dimension.</summary>
    /// <param name="Start">The first.</param>
    /// <param name="Length">How many there are.</param>
    /// <param name="Shifts">By how many of them the pixels that window t sees are ahead of the t-th; negative in the padding.</param>
    private sealed record Line(long Start, long Length, long[] Shifts);
}
