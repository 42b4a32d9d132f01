using Understudy.Torch;

namespace Understudy.Training.Private.Rules;

/// <summary>
/// A layer whose weight gradient is a product of matrices: G = R Kᵀ, with t positions as the inner dimension, so that
/// ‖G‖² = ⟨RᵀR, KᵀK⟩ needs only matrices of t×t (Goodfellow 2015, 1510.01799, for t = 1; Bu et al. 2022, 2205.10683, for convolutions).
/// </summary>
/// <remarks>The weight may fall into groups that do not mix; each is a matrix of its own, and dimension 0 of the factors is [B·groups].</remarks>
internal abstract class MatrixRule : LayerRule
{
    /// <summary>Lengths of the matrices.</summary>
    public abstract MatrixShape Shape(LayerUse use);

    /// <summary>R, [b·groups, rows, t], of some of the samples.</summary>
    /// <param name="use">The pass through the layer.</param>
    /// <param name="input">Its input, [b, …].</param>
    /// <param name="gradient">With respect to its output, [b, …].</param>
    public abstract Tensor RowFactor(LayerUse use, Tensor input, Tensor gradient);

    /// <summary>K, [b·groups, columns, t], of some of the samples.</summary>
    /// <param name="use">The pass through the layer.</param>
    /// <param name="input">Its input, [b, …].</param>
    /// <param name="gradient">With respect to its output, [b, …].</param>
    public abstract Tensor ColumnFactor(LayerUse use, Tensor input, Tensor gradient);

    /// <summary>RᵀR, [b·groups, t, t].</summary>
    public virtual Tensor RowGram(LayerUse use, Tensor input, Tensor gradient) => Gram.Of(RowFactor(use, input, gradient));

    /// <summary>KᵀK, [b·groups, t, t].</summary>
    public virtual Tensor ColumnGram(LayerUse use, Tensor input, Tensor gradient) => Gram.Of(ColumnFactor(use, input, gradient));

    /// <summary>Adds the gradient of all samples together, Σ of <see cref="LayerRule.WeightGradients"/>, to a sum shaped as the weight.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="use">The pass through the layer.</param>
    /// <param name="input">Its input, [B, …].</param>
    /// <param name="gradient">With respect to its output, [B, …].</param>
    public abstract void AddWeightGradient(Tensor sum, LayerUse use, Tensor input, Tensor gradient);

    /// <summary>Numbers that the Gram matrices of a sample need in memory, those they are made of included.</summary>
    public virtual long ScratchPerSample(LayerUse use)
    {
        var shape = Shape(use);
        return shape.Groups * shape.Positions * ((2 * shape.Positions) + shape.Rows + shape.Columns);
    }
}
