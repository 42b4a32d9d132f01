namespace Understudy.Torch.Modules;

/// <summary>A transposed convolution over two or three spatial dimensions, equal along all of them.</summary>
/// <remarks>The weight is [inputs, outputs/groups, kernel…].</remarks>
public abstract class TransposedConvolution : WeightedModule
{
    private protected TransposedConvolution(int dimensions, long inputs, long outputs, long kernel, long stride, long padding, long outputPadding, long dilation, long groups, bool bias)
        : base([inputs, outputs / groups, .. Enumerable.Repeat(kernel, dimensions)], outputs, bias)
    {
        Stride = Repeated(stride, dimensions);
        Padding = Repeated(padding, dimensions);
        OutputPadding = Repeated(outputPadding, dimensions);
        Dilation = Repeated(dilation, dimensions);
        Groups = groups;
    }

    /// <summary>Steps between the windows of the output, one number a spatial dimension.</summary>
    public long[] Stride { get; }

    /// <summary>Padding of the convolution whose data gradient this is, one number a spatial dimension.</summary>
    public long[] Padding { get; }

    /// <summary>Length added to one side of the output, one number a spatial dimension.</summary>
    public long[] OutputPadding { get; }

    /// <summary>Steps between the elements of a window, one number a spatial dimension.</summary>
    public long[] Dilation { get; }

    /// <summary>Groups of channels that do not mix.</summary>
    public long Groups { get; }

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor x, Tensor weight) =>
        Functional.ConvolutionTranspose(x, weight, Bias, Stride, Padding, OutputPadding, Dilation, Groups);

    private static long[] Repeated(long value, int count) => [.. Enumerable.Repeat(value, count)];
}
