using Understudy.Torch;
using Understudy.Training.Private.Rules;

namespace Understudy.Training.Private;

/// <summary>The gradients of the records themselves.</summary>
internal sealed class InstantiatedContribution : Contribution
{
    private static readonly Operator AddMvOp = new("aten::addmv_");

    private Tensor? gradients;

    /// <summary>Adds what a use of the parameter contributes, [B, parameter…].</summary>
    /// <param name="more">The gradients.</param>
    /// <param name="scope">A scope that the result outlives.</param>
    public void Add(Tensor more, TensorScope scope)
    {
        var before = gradients;
        gradients = scope.Keep(before is null ? more : before + more);
        before?.Dispose();
    }

    public override Tensor SquaredNorms() => Squares.OfRows(gradients!.Flatten(1));

    public override void AddTo(Tensor sum, Tensor factors, Tensor? broken)
    {
        // 0 times what is not a number is not a number.
        var clean = broken is null ? gradients! : gradients!.MaskedFill(Over(broken, gradients), 0);
        AddMvOp.Run(sum.View(-1), clean.Reshape(clean.Size(0), -1).Transpose(0, 1), factors);
    }

    public override void Dispose() => gradients?.Dispose();
}
