namespace Understudy.Torch;

/// <content>Products and distances.</content>
public sealed partial class Tensor
{
    private static readonly Operator MatMulOp = new("aten::matmul");
    private static readonly Operator BmmOp = new("aten::bmm");
    private static readonly Operator AddMmOp = new("aten::addmm");
    private static readonly Operator EinsumOp = new("aten::einsum");
    private static readonly Operator CdistOp = new("aten::cdist");
    private static readonly Operator DotOp = new("aten::dot");
    private static readonly Operator OuterOp = new("aten::outer");

    /// <summary>The matrix product, batched and broadcast over leading dimensions.</summary>
    public Tensor MatMul(Tensor other) => MatMulOp.Call(this, other);

    /// <summary>Products of matrices, [B, n, m] by [B, m, p].</summary>
    public Tensor Bmm(Tensor other) => BmmOp.Call(this, other);

    /// <summary>x + first · second.</summary>
    public Tensor AddMm(Tensor first, Tensor second) => AddMmOp.Call(this, first, second);

    /// <summary>Einstein summation.</summary>
    public static Tensor Einsum(string equation, params Tensor[] operands) => EinsumOp.Call(equation, operands);

    /// <summary>Pairwise p-norm distances between rows, [n, d] and [m, d] to [n, m].</summary>
    public Tensor Cdist(Tensor other, double p = 2) => CdistOp.Call(this, other, p);

    /// <summary>The inner product of two vectors.</summary>
    public Tensor Dot(Tensor other) => DotOp.Call(this, other);

    /// <summary>The outer product of two vectors.</summary>
    public Tensor Outer(Tensor other) => OuterOp.Call(this, other);
}
