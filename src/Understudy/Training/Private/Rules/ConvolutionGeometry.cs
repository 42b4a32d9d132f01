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
    /// by 9 for a 3×3 kernel. Elements of a window that are a stride apart are elements of neighbouring windows too; hence one set of
    /// pixels for each residue of the stride.
    /// </remarks>
    public Tensor WindowGram(Tensor image) => PixelsAreCheaper(image.Size(1)) ? PixelGram(image) : Gram.Of(Unfold(image));

    /// <summary>Numbers that <see cref="WindowGram"/> needs in memory for an image of so many channels.</summary>
    public long Scratch(long channels) => PixelsAreCheaper(channels)
        ? Lattices().Max(lattice => (3 * Square(Pixels(lattice))) + (channels * Pixels(lattice))) + Square(WindowCount)
        : (WindowCount * channels * KernelCount) + Square(WindowCount);

    private bool PixelsAreCheaper(long channels)
    {
        var byPixels = (channels * Lattices().Sum(lattice => Square(Pixels(lattice)))) + (AddCost * KernelCount * Square(WindowCount));
        var byWindows = channels * KernelCount * WindowCount * (WindowCount + CopyCost);
        return byPixels < byWindows;
    }

    private Tensor PixelGram(Tensor image)
    {
        var padded = Padded(image);
        var images = image.Size(0);
        Tensor? gram = null;
        foreach (var lattice in Lattices())
        {
            var lengths = new long[Dimensions];
            var pixels = padded;
            for (var i = 0; i < Dimensions; i++)
            {
                lengths[i] = lattice[i].Length;
                pixels = Every(pixels, i + 2, lattice[i].Start, Stride[i], lengths[i]);
            }
            var sum = Gram.Of(pixels.Flatten(2)).Reshape([images, .. lengths, .. lengths]);
            for (var i = 0; i < Dimensions; i++) sum = SumAlong(sum, i, lattice[i].Shifts);
            gram = gram is null ? sum : gram + sum;
        }
        return gram!.Reshape(images, WindowCount, WindowCount);
    }

    // Moves both pixels of a pair together along one dimension of the kernel.
    private Tensor SumAlong(Tensor pairs, int dimension, long[] shifts)
    {
        var sum = Moved(shifts[0]);
        if (shifts.Length == 1) return sum;
        sum += Moved(shifts[1]);
        foreach (var shift in shifts.AsSpan(2)) sum.AddInPlace(Moved(shift));
        return sum;

        Tensor Moved(long shift) => pairs.Narrow(dimension + 1, shift, Windows[dimension]).Narrow(dimension + 1 + Dimensions, shift, Windows[dimension]);
    }

    // The pixels a stride apart that windows see, for each residue of the stride in each dimension.
    private IEnumerable<Progression[]> Lattices() => Product(Enumerable.Range(0, Dimensions).Select(Progressions));

    private IEnumerable<Progression> Progressions(int dimension) =>
        from k in Enumerable.Range(0, (int)Kernel[dimension])
        let offset = k * Dilation[dimension]
        group offset / Stride[dimension] by offset % Stride[dimension] into shifts
        select new Progression(shifts.Key, Windows[dimension] + shifts.Max(), [.. shifts]);

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

    private static long Pixels(Progression[] lattice) => lattice.Aggregate(1L, (product, line) => product * line.Length);

    private static long Product(long[] lengths) => lengths.Aggregate(1L, (product, length) => product * length);

    private static long Square(long x) => x * x;

    private static IEnumerable<T[]> Product<T>(IEnumerable<IEnumerable<T>> choices) =>
        choices.Aggregate<IEnumerable<T>, IEnumerable<T[]>>([[]], (tuples, choice) => tuples.SelectMany(tuple => choice.Select(item => (T[])[.. tuple, item])));

    /// <summary>Every stride-th pixel of a line.</summary>
    /// <param name="Start">The first, which is the residue.</param>
    /// <param name="Length">How many there are.</param>
    /// <param name="Shifts">By how many of them the elements of a window that lie among them are ahead of its start.</param>
    private sealed record Progression(long Start, long Length, long[] Shifts);
}
