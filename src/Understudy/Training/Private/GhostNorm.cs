using Understudy.Torch;
using Understudy.Training.Private.Rules;
using Understudy.Training.Private.Sources;

namespace Understudy.Training.Private;

/// <summary>Squared norms of per-sample weight gradients from Gram matrices.</summary>
internal static class GhostNorm
{
    private static readonly Operator DiagonalOp = new("aten::diagonal");

    /// <summary>Squared norm of each sample's gradient, [B], summed over uses of the same weight before the norm is taken.</summary>
    public static Tensor Squared(IReadOnlyList<(LayerUse Use, Tensor Gradient)> uses) => Parts.Join(
        uses[0].Use.Batch,
        uses.Sum(u => ((MatrixRule)u.Use.Rule).ScratchPerSample(u.Use)) * uses.Count,
        (start, samples) => Part(uses, start, samples));

    private static Tensor Part(IReadOnlyList<(LayerUse Use, Tensor Gradient)> uses, long start, long samples)
    {
        var first = uses[0].Use;
        var rule = (MatrixRule)first.Rule;
        var shape = rule.Shape(first);
        Tensor rowGram, columnGram;
        if (uses.Count == 1 && first.Weight is not NormalizedParameter)
        {
            var (input, gradient) = Slice(uses[0]);
            (rowGram, columnGram) = (rule.RowGram(first, input, gradient), rule.ColumnGram(first, input, gradient));
            return Norms(rowGram, columnGram).Reshape(samples, shape.Groups).Sum([1]);
        }

        // Several uses are one with all their positions.
        var rows = Tensor.Cat([.. uses.Select(u => { var (x, g) = Slice(u); return rule.RowFactor(u.Use, x, g); })], 2);
        var columns = Tensor.Cat([.. uses.Select(u => { var (x, g) = Slice(u); return rule.ColumnFactor(u.Use, x, g); })], 2);
        var norms = Norms(Gram.Of(rows), Gram.Of(columns)).Reshape(samples, shape.Groups).Sum([1]);
        return first.Weight is NormalizedParameter normalized ? Pulled(norms, normalized, shape, rows, columns) : norms;

        (Tensor Input, Tensor Gradient) Slice((LayerUse Use, Tensor Gradient) use) =>
            (use.Use.Input.Narrow(0, start, samples), use.Gradient.Narrow(0, start, samples));
    }

    // ⟨RᵀR, KᵀK⟩ of each matrix, [n], rounded up. Where positions cancel, the rounding of the products is large beside their sum: a few
    // units in the last place of (Σ_t ‖r_t‖ ‖k_t‖)². A norm found too short would let its gradient past the bound.
    private static Tensor Norms(Tensor rowGram, Tensor columnGram)
    {
        var products = rowGram * columnGram;
        if (products.Size(1) == 1) return products.Flatten();
        var sum = products.Sum([1, 2]);
        var lengths = (Diagonals(rowGram) * Diagonals(columnGram)).Sqrt().Sum([1]);
        return sum.Clamp(min: 0) + (Rounding(sum) * lengths.Square());
    }

    // ‖(G - ⟨G, W̄⟩ u vᵀ)/σ‖² = (‖G‖² - 2⟨G, W̄⟩⟨G, u vᵀ⟩ + ⟨G, W̄⟩² ‖u vᵀ‖²)/σ².
    private static Tensor Pulled(Tensor norms, NormalizedParameter source, MatrixShape shape, Tensor rows, Tensor columns)
    {
        var along = Inner(source.Value);
        var sigmaGradient = source.SigmaGradient;
        var across = Inner(sigmaGradient);
        var (mixed, radial) = (2 * along * across, along.Square() * sigmaGradient.Square().Sum());
        var rounding = Rounding(rows) * (norms + mixed.Abs() + radial);
        return ((norms - mixed + radial).Clamp(min: 0) + rounding) / source.Normalization.Sigma.Square();

        // ⟨R Kᵀ, M⟩ of each sample, [b].
        Tensor Inner(Tensor matrix)
        {
            var m = matrix.Reshape(shape.Groups, shape.Rows, shape.Columns);
            var mapped = m.MatMul(columns.Unflatten(0, -1, shape.Groups)); // [b, groups, rows, t]
            return (mapped * rows.Unflatten(0, -1, shape.Groups)).Sum([1, 2, 3]);
        }
    }

    // Two units in the last place.
    private static double Rounding(Tensor x) => x.DType == DType.Float64 ? 1.0 / (1L << 51) : 1.0 / (1L << 22);

    private static Tensor Diagonals(Tensor grams) => DiagonalOp.Call(grams, 0, 1, 2);
}
