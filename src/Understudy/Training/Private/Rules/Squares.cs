using Understudy.Torch;

namespace Understudy.Training.Private.Rules;

/// <summary>Squared lengths of vectors, exact enough to bound a record by: a long sum of equal numbers in 32 bits may come out a thousandth too small.</summary>
internal static class Squares
{
    private const long Block = 32;

    /// <summary>‖x‖² of each row: [n, d] to [n] (Float64). Blocks are summed in the numbers' own type, their sums in 64 bits.</summary>
    public static Tensor OfRows(Tensor rows)
    {
        var length = rows.Size(1);
        var rest = length % Block;
        var inBlocks = length - rest;
        if (inBlocks == 0) return Of(rows);
        var sum = Of(rows.Narrow(1, 0, inBlocks).Unflatten(1, inBlocks / Block, Block)).Sum([1]);
        return rest == 0 ? sum : sum + Of(rows.Narrow(1, inBlocks, rest));
    }

    private static Tensor Of(Tensor vectors) => vectors.Norm([vectors.Shape.Length - 1]).To(DType.Float64).Square();
}
