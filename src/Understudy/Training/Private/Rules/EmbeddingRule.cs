using Understudy.Torch;
using Understudy.Torch.Tracking;

namespace Understudy.Training.Private.Rules;

/// <summary>Rows of a table: the gradient of row v is Σ g_t over the positions t whose index is v.</summary>
internal sealed class EmbeddingRule : MatrixRule
{
    private static readonly Operator IndexAddOp = new("aten::index_add_");

    public override MatrixShape Shape(LayerUse use)
    {
        var weight = use.WeightShape;
        return new MatrixShape(Spatial.Product(use.OutputShape[1..^1]), weight[0], weight[1], 1);
    }

    // A column for each position, with a single 1 in the row of its index.
    public override Tensor RowFactor(LayerUse use, Tensor input, Tensor gradient) =>
        Indices(input).OneHot(use.WeightShape[0]).Transpose(1, 2).To(gradient.DType);

    public override Tensor ColumnFactor(LayerUse use, Tensor input, Tensor gradient) => Vectors(gradient).Transpose(1, 2);

    // The inner product of two such columns is 1 where their indices are the same.
    public override Tensor RowGram(LayerUse use, Tensor input, Tensor gradient)
    {
        var indices = Indices(input);
        return indices.Unsqueeze(1).Eq(indices.Unsqueeze(2)).To(gradient.DType);
    }

    public override Tensor WeightGradients(LayerUse use, Tensor gradient)
    {
        var (rows, features) = (use.WeightShape[0], use.WeightShape[1]);
        var vectors = Vectors(gradient);
        return Tensor.Zeros([use.Batch, rows, features], gradient.DType, gradient.Device)
            .ScatterAdd(1, Indices(use.Input).Unsqueeze(2).Expand(-1, -1, features), vectors);
    }

    public override Tensor BiasGradients(LayerUse use, Tensor gradient) => throw new NotSupportedException("an embedding has no bias");

    public override void AddWeightGradient(Tensor sum, LayerUse use, Tensor input, Tensor gradient) =>
        IndexAddOp.Run(sum, 0, input.Flatten(), gradient.Reshape(-1, gradient.Size(-1)));

    public override Tensor Expand(ParametricLayer layer, Tensor x, Tensor? weights, Tensor? biases)
    {
        var (samples, rows) = (weights!.Size(0), weights.Size(1));
        var first = Tensor.Arange(0, samples * rows, rows, DType.Int64, x.Device).Unsqueeze(1);
        return Functional.Embedding(weights.Flatten(0, 1), (Indices(x) + first).Reshape(x.Shape));
    }

    // […] after the sample made one: [B, t].
    private static Tensor Indices(Tensor x) => x.Reshape(x.Size(0), Spatial.Product(x.Shape[1..]));

    private static Tensor Vectors(Tensor gradient) => gradient.Reshape(gradient.Size(0), Spatial.Product(gradient.Shape[1..^1]), gradient.Size(-1));
}
