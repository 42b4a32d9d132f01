namespace Understudy.Torch.Optimization;

/// <summary>Operators on lists of tensors: one call for all parameters.</summary>
internal static class Foreach
{
    private static readonly Operator AddOp = new("aten::_foreach_add", "List");
    private static readonly Operator AddInPlaceOp = new("aten::_foreach_add_", "List");
    private static readonly Operator AddScalarInPlaceOp = new("aten::_foreach_add_", "Scalar");
    private static readonly Operator MulScalarInPlaceOp = new("aten::_foreach_mul_", "Scalar");
    private static readonly Operator AddCMulInPlaceOp = new("aten::_foreach_addcmul_", "Scalar");
    private static readonly Operator AddCDivInPlaceOp = new("aten::_foreach_addcdiv_", "Scalar");
    private static readonly Operator SqrtOp = new("aten::_foreach_sqrt");
    private static readonly Operator NormOp = new("aten::_foreach_norm", "Scalar");

    /// <summary>New tensors x + alpha · y.</summary>
    internal static Tensor[] Add(Tensor[] x, Tensor[] y, double alpha) => AddOp.CallMany(x, y, alpha);

    /// <summary>x += alpha · y.</summary>
    internal static void AddInPlace(Tensor[] x, Tensor[] y, double alpha = 1) => AddInPlaceOp.Run(x, y, alpha);

    /// <summary>x += number.</summary>
    internal static void AddInPlace(Tensor[] x, double number) => AddScalarInPlaceOp.Run(x, number);

    /// <summary>x *= number.</summary>
    internal static void MulInPlace(Tensor[] x, double number) => MulScalarInPlaceOp.Run(x, number);

    /// <summary>x += value · a · b.</summary>
    internal static void AddCMulInPlace(Tensor[] x, Tensor[] a, Tensor[] b, double value) => AddCMulInPlaceOp.Run(x, a, b, value);

    /// <summary>x += value · a / b.</summary>
    internal static void AddCDivInPlace(Tensor[] x, Tensor[] a, Tensor[] b, double value) => AddCDivInPlaceOp.Run(x, a, b, value);

    /// <summary>New tensors √x.</summary>
    internal static Tensor[] Sqrt(Tensor[] x) => SqrtOp.CallMany(x);

    /// <summary>The Euclidean norm of each, scalars.</summary>
    internal static Tensor[] Norm(Tensor[] x) => NormOp.CallMany(x);
}
