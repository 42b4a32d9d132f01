using Understudy.Torch;
using Understudy.Torch.Tracking;

namespace Understudy.Training.Private.Rules;

/// <summary>
/// Transposed convolutions: the convolution of the output's gradient, with the roles of input and gradient swapped. With V what each
/// window sees of g, G_W = x Vᵀ in each group of channels, and G_b = Σ g over the places of the output.
/// </summary>
internal sealed class TransposedConvolutionRule : MatrixRule
{
    public override MatrixShape Shape(LayerUse use)
    {
        var (layer, weight) = ((TransposedConvolutionLayer)use.Layer, use.WeightShape);
        return new MatrixShape(Spatial.Places(use.Input.Shape), weight[0] / layer.Groups, Spatial.Product(weight[1..]), layer.Groups);
    }

    public override Tensor RowFactor(LayerUse use, Tensor input, Tensor gradient) => Spatial.InGroups(input, Groups(use)).Flatten(2);

    public override Tensor ColumnFactor(LayerUse use, Tensor input, Tensor gradient) => Geometry(use).Unfold(Spatial.InGroups(gradient, Groups(use)));

    public override Tensor ColumnGram(LayerUse use, Tensor input, Tensor gradient) => Geometry(use).WindowGram(Spatial.InGroups(gradient, Groups(use)));

    public override Tensor WeightGradients(LayerUse use, Tensor gradient) => Geometry(use).WeightGradients(Seen(use, gradient), use.Input);

    public override Tensor BiasGradients(LayerUse use, Tensor gradient) => gradient.Flatten(2).Sum([2]);

    public override void AddWeightGradient(Tensor sum, LayerUse use, Tensor input, Tensor gradient) =>
        sum.AddInPlace(Geometry(use).WeightGradient(Seen(use, gradient), input));

    public override long ScratchPerSample(LayerUse use)
    {
        var shape = Shape(use);
        return shape.Groups * (Geometry(use).Scratch([1, use.WeightShape[1], .. use.OutputShape[2..]]) + (shape.Positions * shape.Positions));
    }

    public override Tensor Expand(ParametricLayer layer, Tensor x, Tensor? weights, Tensor? biases)
    {
        // One transposed convolution whose groups are the samples.
        var (batch, convolution) = (x.Size(0), (TransposedConvolutionLayer)layer);
        var y = Functional.ConvolutionTranspose(
            x.Flatten(0, 1).Unsqueeze(0), weights!.Flatten(0, 1), biases?.Flatten(), convolution.Stride, convolution.Padding, convolution.OutputPadding,
            convolution.Dilation, batch * convolution.Groups);
        return y.Squeeze(0).Unflatten(0, batch, y.Size(1) / batch);
    }

    // Of a padding of the output that is longer than a step, the convolution would make further windows.
    private static Tensor Seen(LayerUse use, Tensor gradient)
    {
        var layer = (TransposedConvolutionLayer)use.Layer;
        for (var i = 0; i < layer.Stride.Length; i++)
        {
            if (layer.OutputPadding[i] >= layer.Stride[i]) gradient = gradient.Narrow(i + 2, 0, gradient.Size(i + 2) - layer.OutputPadding[i]);
        }
        return gradient;
    }

    private static long Groups(LayerUse use) => ((TransposedConvolutionLayer)use.Layer).Groups;

    private static ConvolutionGeometry Geometry(LayerUse use)
    {
        var layer = (TransposedConvolutionLayer)use.Layer;
        return new ConvolutionGeometry(use.WeightShape[2..], use.Input.Shape[2..], layer.Stride, layer.Padding, layer.Dilation, layer.Groups);
    }
}
