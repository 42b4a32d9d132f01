using Understudy.Torch;

namespace Understudy.Training.Private.Rules;

/// <summary>Inner products of all pairs of columns.</summary>
internal static class Gram
{
    /// <summary>FᵀF of each matrix: [n, f, t] to [n, t, t].</summary>
    public static Tensor Of(Tensor factor) =>
        factor.Size(2) == 1 ? factor.Norm([1], keepDim: true).Square() : factor.Transpose(1, 2).Bmm(factor);
}
