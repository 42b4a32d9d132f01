using BenchmarkDotNet.Attributes;
using Understudy.Torch;

namespace Understudy.Bench;

/// <summary>Forward and backward pass of the middle layers of a DCGAN at 28x28, batch 128.</summary>
public class Convolutions
{
    private static readonly long[] Stride = [2, 2];
    private static readonly long[] Padding = [1, 1];
    private static readonly long[] Dilation = [1, 1];
    private static readonly long[] OutputPadding = [0, 0];

    private readonly Tensor wide = Tensor.RandN([128, 64, 14, 14]);
    private readonly Tensor deep = Tensor.RandN([128, 128, 7, 7]);
    private readonly Tensor weight = Tensor.RandN([128, 64, 4, 4]);

    [GlobalSetup]
    public void RequireGradients()
    {
        wide.RequiresGrad = true;
        deep.RequiresGrad = true;
        weight.RequiresGrad = true;
    }

    /// <summary>64 channels at 14x14 to 128 at 7x7.</summary>
    [Benchmark]
    public void Convolution()
    {
        using var scope = new TensorScope();
        Functional.Convolution(wide, weight, null, Stride, Padding, Dilation).Sum().Backward(); // [B, 128, 7, 7]
        ClearGradients();
    }

    /// <summary>128 channels at 7x7 to 64 at 14x14.</summary>
    [Benchmark]
    public void ConvolutionTranspose()
    {
        using var scope = new TensorScope();
        Functional.ConvolutionTranspose(deep, weight, null, Stride, Padding, OutputPadding, Dilation).Sum().Backward(); // [B, 64, 14, 14]
        ClearGradients();
    }

    private void ClearGradients()
    {
        wide.Grad = null;
        deep.Grad = null;
        weight.Grad = null;
    }
}
