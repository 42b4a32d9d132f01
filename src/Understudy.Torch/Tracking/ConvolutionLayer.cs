namespace Understudy.Torch.Tracking;

/// <summary><see cref="Functional.Convolution"/>.</summary>
/// <param name="Stride">One number a spatial dimension.</param>
/// <param name="Padding">One number a spatial dimension.</param>
/// <param name="Dilation">One number a spatial dimension.</param>
/// <param name="Groups">Groups of channels that do not mix.</param>
public sealed record ConvolutionLayer(long[] Stride, long[] Padding, long[] Dilation, long Groups) : ParametricLayer
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor x, Tensor? weight, Tensor? bias) => Functional.Convolution(x, weight!, bias, Stride, Padding, Dilation, Groups);
}
