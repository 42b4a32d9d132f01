using Understudy.Torch.Tracking;

namespace Understudy.Torch;

/// <summary>Layers without state, as functions.</summary>
public static partial class Functional
{
    private static readonly Operator ConvolutionOp = new("aten::convolution");
    private static readonly Operator ConvolutionBackwardOp = new("aten::convolution_backward");

    private static readonly bool[] DataGradientOnly = [true, false, false];

    /// <summary>Convolution over the last <c>stride.Length</c> dimensions.</summary>
    /// <param name="x">[B, C, …].</param>
    /// <param name="weight">[D, C/groups, k…].</param>
    /// <param name="bias">[D], or null.</param>
    /// <param name="stride">One number a spatial dimension.</param>
    /// <param name="padding">Zeros on both sides, one number a spatial dimension.</param>
    /// <param name="dilation">One number a spatial dimension.</param>
    /// <param name="groups">Groups of channels that do not mix.</param>
    /// <returns>[B, D, …].</returns>
    public static Tensor Convolution(Tensor x, Tensor weight, Tensor? bias, long[] stride, long[] padding, long[] dilation, long groups = 1) =>
        ParameterTracker.Current?.Apply(new ConvolutionLayer(stride, padding, dilation, groups), x, weight, bias)
        ?? ConvolutionOp.Call(x, weight, bias, stride, padding, dilation, false, new long[stride.Length], groups);

    /// <summary>Transposed convolution over the last <c>stride.Length</c> dimensions: the data gradient of a convolution.</summary>
    /// <remarks>
    /// On the CPU libtorch computes it as one matrix product a sample. Asked for as the data gradient that it is, it reaches oneDNN instead,
    /// three to four times faster forward and backward, unless there are few output channels to share the work.
    /// </remarks>
    /// <param name="x">[B, C, …].</param>
    /// <param name="weight">[C, D/groups, k…].</param>
    /// <param name="bias">[D], or null.</param>
    /// <param name="stride">One number a spatial dimension.</param>
    /// <param name="padding">As of the convolution whose gradient this is.</param>
    /// <param name="outputPadding">Added to one side of the output.</param>
    /// <param name="dilation">One number a spatial dimension.</param>
    /// <param name="groups">Groups of channels that do not mix.</param>
    /// <returns>[B, D, …], where a length l becomes (l - 1)·stride - 2·padding + dilation·(k - 1) + outputPadding + 1.</returns>
    public static Tensor ConvolutionTranspose(Tensor x, Tensor weight, Tensor? bias, long[] stride, long[] padding, long[] outputPadding, long[] dilation, long groups = 1)
    {
        if (ParameterTracker.Current?.Apply(new TransposedConvolutionLayer(stride, padding, outputPadding, dilation, groups), x, weight, bias) is { } tracked) return tracked;
        const int fewChannels = 16;
        var kernel = weight.Shape;
        // A convolution would find more windows in an output padded by a whole step or more.
        var isGradient = outputPadding.Zip(stride).All(p => p.First < p.Second);
        // A trace would bake this batch's size into the shape of the gradient's input.
        if (kernel[1] < fewChannels || !isGradient || x.Device != Device.Cpu || x.DType != DType.Float32 || IsTracing)
            return ConvolutionOp.Call(x, weight, bias, stride, padding, dilation, true, outputPadding, groups);

        var shape = x.Shape;
        shape[1] = kernel[1] * groups;
        for (var i = 0; i < stride.Length; i++)
            shape[i + 2] = ((shape[i + 2] - 1) * stride[i]) - (2 * padding[i]) + (dilation[i] * (kernel[i + 2] - 1)) + outputPadding[i] + 1;
        var y = ConvolutionBackwardOp.Call(x, Tensor.Empty(shape), weight, Value.None, stride, padding, dilation, false, new long[stride.Length], groups, DataGradientOnly);
        if (bias is null) return y;
        var perChannel = new long[shape.Length];
        Array.Fill(perChannel, 1L);
        perChannel[1] = shape[1];
        return y + bias.Reshape(perChannel);
    }

    /// <summary>Whether a forward pass is being traced for export.</summary>
    public static bool IsTracing => Native.NativeMethods.us_script_is_tracing() != 0;
}
