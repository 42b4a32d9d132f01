namespace Understudy.Torch.Modules;

/// <summary>A convolution over one, two or three spatial dimensions, equal along all of them.</summary>
/// <remarks>The weight is [outputs, inputs/groups, kernel…].</remarks>
public abstract class Convolution : WeightedModule
{
    private protected Convolution(int dimensions, long inputs, long outputs, long kernel, long stride, long padding, long dilation, long groups, bool bias)
        : base([outputs, inputs / groups, .. Enumerable.Repeat(kernel, dimensions)], outputs, bias)
    {
        Stride = Repeated(stride, dimensions);
        Padding = Repeated(padding, dimensions);
        Dilation = Repeated(dilation, dimensions);
        Groups = groups;
    }

    /// <summary>Steps between the windows, one number a spatial dimension.</summary>
    public long[] Stride { get; }

    /// <summary>Zeros added on both sides, one number a spatial dimension.</summary>
    public long[] Padding { get; }

    /// <summary>Steps between the elements of a window, one number a spatial dimension.</summary>
    public long[] Dilation { get; }

    /// <summary>Groups of channels that do not mix.</summary>
    public long Groups { get; }

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor x, Tensor weight) => Functional.Convolution(x, weight, Bias, Stride, Padding, Dilation, Groups);

    private static long[] Repeated(long value, int count) => [.. Enumerable.Repeat(value, count)];
}
