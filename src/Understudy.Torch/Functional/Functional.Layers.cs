using Understudy.Torch.Tracking;

namespace Understudy.Torch;

/// <content>Affine maps, look-ups and dropout.</content>
public static partial class Functional
{
    private static readonly Operator LinearOp = new("aten::linear");
    private static readonly Operator EmbeddingOp = new("aten::embedding");
    private static readonly Operator DropoutOp = new("aten::dropout");

    /// <summary>x Wᵀ + b over the last dimension.</summary>
    /// <param name="x">[…, inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <returns>[…, outputs].</returns>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias) =>
        ParameterTracker.Current?.Apply(new LinearLayer(), x, weight, bias) ?? LinearOp.Call(x, weight, bias);

    /// <summary>The rows of a table [N, E] at indices […] (Int64): […, E].</summary>
    public static Tensor Embedding(Tensor table, Tensor indices) =>
        ParameterTracker.Current?.Apply(new EmbeddingLayer(), indices, table, null) ?? EmbeddingOp.Call(table, indices);

    /// <summary>The rows [start, start + length) of a parameter, to be used as a weight or bias of their own; shares memory.</summary>
    public static Tensor Rows(Tensor parameter, long start, long length)
    {
        var rows = parameter.Narrow(0, start, length);
        ParameterTracker.Current?.TookRows(parameter, start, rows);
        return rows;
    }

    /// <summary>In training, sets elements to 0 with a probability and scales the others by 1/(1 - probability); else x.</summary>
    public static Tensor Dropout(Tensor x, double probability, bool training) => DropoutOp.Call(x, probability, training);
}
