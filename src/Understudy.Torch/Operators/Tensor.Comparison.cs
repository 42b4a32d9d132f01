namespace Understudy.Torch;

/// <content>Comparisons; results are <see cref="DType.Bool"/>.</content>
public sealed partial class Tensor
{
    private static readonly Operator EqTensorOp = new("aten::eq", "Tensor");
    private static readonly Operator EqScalarOp = new("aten::eq", "Scalar");
    private static readonly Operator NeTensorOp = new("aten::ne", "Tensor");
    private static readonly Operator NeScalarOp = new("aten::ne", "Scalar");
    private static readonly Operator GtTensorOp = new("aten::gt", "Tensor");
    private static readonly Operator GtScalarOp = new("aten::gt", "Scalar");
    private static readonly Operator GeTensorOp = new("aten::ge", "Tensor");
    private static readonly Operator GeScalarOp = new("aten::ge", "Scalar");
    private static readonly Operator LtTensorOp = new("aten::lt", "Tensor");
    private static readonly Operator LtScalarOp = new("aten::lt", "Scalar");
    private static readonly Operator LeTensorOp = new("aten::le", "Tensor");
    private static readonly Operator LeScalarOp = new("aten::le", "Scalar");
    private static readonly Operator LogicalNotOp = new("aten::logical_not");
    private static readonly Operator LogicalAndOp = new("aten::logical_and");
    private static readonly Operator LogicalOrOp = new("aten::logical_or");
    private static readonly Operator WhereSelfOp = new("aten::where", "self");
    private static readonly Operator MaskedFillOp = new("aten::masked_fill", "Scalar");

    /// <summary>True where x = other.</summary>
    public Tensor Eq(Tensor other) => EqTensorOp.Call(this, other);

    /// <summary>True where x = other.</summary>
    public Tensor Eq(double other) => EqScalarOp.Call(this, other);

    /// <summary>True where x ≠ other.</summary>
    public Tensor Ne(Tensor other) => NeTensorOp.Call(this, other);

    /// <summary>True where x ≠ other.</summary>
    public Tensor Ne(double other) => NeScalarOp.Call(this, other);

    /// <summary>True where x &gt; other.</summary>
    public Tensor Gt(Tensor other) => GtTensorOp.Call(this, other);

    /// <summary>True where x &gt; other.</summary>
    public Tensor Gt(double other) => GtScalarOp.Call(this, other);

    /// <summary>True where x ≥ other.</summary>
    public Tensor Ge(Tensor other) => GeTensorOp.Call(this, other);

    /// <summary>True where x ≥ other.</summary>
    public Tensor Ge(double other) => GeScalarOp.Call(this, other);

    /// <summary>True where x &lt; other.</summary>
    public Tensor Lt(Tensor other) => LtTensorOp.Call(this, other);

    /// <summary>True where x &lt; other.</summary>
    public Tensor Lt(double other) => LtScalarOp.Call(this, other);

    /// <summary>True where x ≤ other.</summary>
    public Tensor Le(Tensor other) => LeTensorOp.Call(this, other);

    /// <summary>True where x ≤ other.</summary>
    public Tensor Le(double other) => LeScalarOp.Call(this, other);

    /// <summary>True where x is 0.</summary>
    public Tensor LogicalNot() => LogicalNotOp.Call(this);

    /// <summary>True where both are.</summary>
    public Tensor LogicalAnd(Tensor other) => LogicalAndOp.Call(this, other);

    /// <summary>True where either is.</summary>
    public Tensor LogicalOr(Tensor other) => LogicalOrOp.Call(this, other);

    /// <summary>Elements of one tensor where the condition holds, of the other elsewhere.</summary>
    public static Tensor Where(Tensor condition, Tensor ifTrue, Tensor ifFalse) => WhereSelfOp.Call(condition, ifTrue, ifFalse);

    /// <summary>x with value where the mask is true.</summary>
    public Tensor MaskedFill(Tensor mask, double value) => MaskedFillOp.Call(this, mask, value);
}
