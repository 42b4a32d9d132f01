namespace Understudy.Torch;

/// <content>Functions of each element.</content>
public sealed partial class Tensor
{
    private static readonly Operator AbsOp = new("aten::abs");
    private static readonly Operator NegOp = new("aten::neg");
    private static readonly Operator ExpOp = new("aten::exp");
    private static readonly Operator LogOp = new("aten::log");
    private static readonly Operator Log1pOp = new("aten::log1p");
    private static readonly Operator Expm1Op = new("aten::expm1");
    private static readonly Operator SqrtOp = new("aten::sqrt");
    private static readonly Operator RsqrtOp = new("aten::rsqrt");
    private static readonly Operator SquareOp = new("aten::square");
    private static readonly Operator ReciprocalOp = new("aten::reciprocal");
    private static readonly Operator SinOp = new("aten::sin");
    private static readonly Operator CosOp = new("aten::cos");
    private static readonly Operator TanhOp = new("aten::tanh");
    private static readonly Operator SigmoidOp = new("aten::sigmoid");
    private static readonly Operator ErfOp = new("aten::erf");
    private static readonly Operator FloorOp = new("aten::floor");
    private static readonly Operator CeilOp = new("aten::ceil");
    private static readonly Operator RoundOp = new("aten::round");
    private static readonly Operator SignOp = new("aten::sign");
    private static readonly Operator IsNaNOp = new("aten::isnan");
    private static readonly Operator IsFiniteOp = new("aten::isfinite");

    /// <summary>|x|.</summary>
    public Tensor Abs() => AbsOp.Call(this);

    /// <summary>-x.</summary>
    public Tensor Neg() => NegOp.Call(this);

    /// <summary>e^x.</summary>
    public Tensor Exp() => ExpOp.Call(this);

    /// <summary>ln x.</summary>
    public Tensor Log() => LogOp.Call(this);

    /// <summary>ln(1 + x), precise near 0.</summary>
    public Tensor Log1p() => Log1pOp.Call(this);

    /// <summary>e^x - 1, precise near 0.</summary>
    public Tensor Expm1() => Expm1Op.Call(this);

    /// <summary>√x.</summary>
    public Tensor Sqrt() => SqrtOp.Call(this);

    /// <summary>1/√x.</summary>
    public Tensor Rsqrt() => RsqrtOp.Call(this);

    /// <summary>x².</summary>
    public Tensor Square() => SquareOp.Call(this);

    /// <summary>1/x.</summary>
    public Tensor Reciprocal() => ReciprocalOp.Call(this);

    /// <summary>sin x.</summary>
    public Tensor Sin() => SinOp.Call(this);

    /// <summary>cos x.</summary>
    public Tensor Cos() => CosOp.Call(this);

    /// <summary>tanh x.</summary>
    public Tensor Tanh() => TanhOp.Call(this);

    /// <summary>1/(1 + e^-x).</summary>
    public Tensor Sigmoid() => SigmoidOp.Call(this);

    /// <summary>The error function.</summary>
    public Tensor Erf() => ErfOp.Call(this);

    /// <summary>The largest integer ≤ x.</summary>
    public Tensor Floor() => FloorOp.Call(this);

    /// <summary>The smallest integer ≥ x.</summary>
    public Tensor Ceil() => CeilOp.Call(this);

    /// <summary>The nearest integer, ties to even.</summary>
    public Tensor Round() => RoundOp.Call(this);

    /// <summary>-1, 0 or 1.</summary>
    public Tensor Sign() => SignOp.Call(this);

    /// <summary>True where x is not a number.</summary>
    public Tensor IsNaN() => IsNaNOp.Call(this);

    /// <summary>True where x is neither infinite nor NaN.</summary>
    public Tensor IsFinite() => IsFiniteOp.Call(this);
}
