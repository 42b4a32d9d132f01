using Understudy.Torch;
using Understudy.Torch.Tracking;

namespace Understudy.Training.Private.Rules;

/// <summary>y = x Wᵀ + b over the last dimension: G_W = Σ_t g_t a_tᵀ, G_b = Σ_t g_t over the positions t between the sample and the features.</summary>
internal sealed class LinearRule : MatrixRule
{
    private static readonly Operator AddMmOp = new("aten::addmm_");

    public override MatrixShape Shape(LayerUse use)
    {
        var (weight, output) = (use.WeightShape, use.OutputShape);
        var positions = 1L;
        for (var i = 1; i < output.Length - 1; i++) positions *= output[i];
        return new MatrixShape(positions, weight[0], weight[1], 1);
    }

    public override Tensor RowFactor(LayerUse use, Tensor input, Tensor gradient) => Tokens(gradient).Transpose(1, 2);

    public override Tensor ColumnFactor(LayerUse use, Tensor input, Tensor gradient) => Tokens(input).Transpose(1, 2);

    public override Tensor WeightGradients(LayerUse use, Tensor gradient)
    {
        var (g, a) = (Tokens(gradient), Tokens(use.Input));
        // With a single position the matrix product is an outer one.
        return g.Size(1) == 1 ? g.Transpose(1, 2) * a : g.Transpose(1, 2).Bmm(a);
    }

    public override Tensor BiasGradients(LayerUse use, Tensor gradient) => Tokens(gradient).Sum([1]);

    public override void AddWeightGradient(Tensor sum, LayerUse use, Tensor input, Tensor gradient) =>
        AddMmOp.Run(sum, gradient.Reshape(-1, gradient.Size(-1)).Transpose(0, 1), input.Reshape(-1, input.Size(-1)));

    public override Tensor Expand(ParametricLayer layer, Tensor x, Tensor? weights, Tensor? biases)
    {
        var y = Tokens(x).Bmm(weights!.Transpose(1, 2)); // [B, t, D]
        if (biases is not null) y += biases.Unsqueeze(1);
        var shape = x.Shape;
        shape[^1] = y.Size(-1);
        return y.Reshape(shape);
    }

    // [B, …, D] to [B, t, D].
    private static Tensor Tokens(Tensor x)
    {
        var shape = x.Shape;
        var positions = 1L;
        for (var i = 1; i < shape.Length - 1; i++) positions *= shape[i];
        return x.Reshape(shape[0], positions, shape[^1]);
    }
}
