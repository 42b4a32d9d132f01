using Understudy.Torch;
using Understudy.Torch.Tracking;

namespace Understudy.Training.Private.Rules;

/// <summary>
/// Convolutions over one to three dimensions: with U what each window sees of the input, G_W = g Uᵀ in each group of channels, and
/// G_b = Σ g over the places of the output.
/// </summary>
internal sealed class ConvolutionRule : MatrixRule
{
    public override MatrixShape Shape(LayerUse use)
    {
        var (layer, weight) = ((ConvolutionLayer)use.Layer, use.WeightShape);
        return new MatrixShape(Spatial.Places(use.OutputShape), weight[0] / layer.Groups, Spatial.Product(weight[1..]), layer.Groups);
    }

    public override Tensor RowFactor(LayerUse use, Tensor input, Tensor gradient) => Spatial.InGroups(gradient, Groups(use)).Flatten(2);

    public override Tensor ColumnFactor(LayerUse use, Tensor input, Tensor gradient) => Geometry(use).Unfold(Spatial.InGroups(input, Groups(use)));

    public override Tensor ColumnGram(LayerUse use, Tensor input, Tensor gradient) => Geometry(use).WindowGram(Spatial.InGroups(input, Groups(use)));

    public override Tensor WeightGradients(LayerUse use, Tensor gradient) => Geometry(use).WeightGradients(use.Input, gradient);

    public override Tensor BiasGradients(LayerUse use, Tensor gradient) => gradient.Flatten(2).Sum([2]);

    public override void AddWeightGradient(Tensor sum, LayerUse use, Tensor input, Tensor gradient) => sum.AddInPlace(Geometry(use).WeightGradient(input, gradient));

    public override long ScratchPerSample(LayerUse use)
    {
        var shape = Shape(use);
        return shape.Groups * (Geometry(use).Scratch([1, use.WeightShape[1], .. use.Input.Shape[2..]]) + (shape.Positions * shape.Positions));
    }

    public override Tensor Expand(ParametricLayer layer, Tensor x, Tensor? weights, Tensor? biases)
    {
        // One convolution whose groups are the samples.
        var (batch, convolution) = (x.Size(0), (ConvolutionLayer)layer);
        var y = Functional.Convolution(
            x.Flatten(0, 1).Unsqueeze(0), weights!.Flatten(0, 1), biases?.Flatten(), convolution.Stride, convolution.Padding, convolution.Dilation, batch * convolution.Groups);
        return y.Squeeze(0).Unflatten(0, batch, weights!.Size(1));
    }

    private static long Groups(LayerUse use) => ((ConvolutionLayer)use.Layer).Groups;

    private static ConvolutionGeometry Geometry(LayerUse use)
    {
        var layer = (ConvolutionLayer)use.Layer;
        return new ConvolutionGeometry(use.WeightShape[2..], use.OutputShape[2..], layer.Stride, layer.Padding, layer.Dilation, layer.Groups);
    }
}
