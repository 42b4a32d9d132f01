using Understudy.Torch;

namespace Understudy.Training.Private.Rules;

/// <summary>Inner products of all pairs of columns.</summary>
internal static class Gram
{
    /// <summary>FᵀF of each matrix: [n, f, t] to [n, t, t]; in 64 bits where t is 1.</summary>
    public static Tensor Of(Tensor factor) =>
        factor.Size(2) == 1 ? Squares.OfRows(factor.Squeeze(2)).Reshape(-1, 1, 1) : factor.Transpose(1, 2).Bmm(factor);
}
