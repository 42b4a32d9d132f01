namespace Understudy.Torch;

/// <content>Arithmetic, elementwise and broadcast.</content>
public sealed partial class Tensor
{
    private static readonly Operator AddTensorOp = new("aten::add", "Tensor");
    private static readonly Operator SubTensorOp = new("aten::sub", "Tensor");
    private static readonly Operator MulTensorOp = new("aten::mul", "Tensor");
    private static readonly Operator DivTensorOp = new("aten::div", "Tensor");
    private static readonly Operator AddScalarOp = new("aten::add", "Scalar");
    private static readonly Operator SubScalarOp = new("aten::sub", "Scalar");
    private static readonly Operator MulScalarOp = new("aten::mul", "Scalar");
    private static readonly Operator DivScalarOp = new("aten::div", "Scalar");
    private static readonly Operator RsubScalarOp = new("aten::rsub", "Scalar");
    private static readonly Operator PowScalarOp = new("aten::pow", "Tensor_Scalar");
    private static readonly Operator PowTensorOp = new("aten::pow", "Tensor_Tensor");
    private static readonly Operator MaximumOp = new("aten::maximum");
    private static readonly Operator MinimumOp = new("aten::minimum");
    private static readonly Operator ClampOp = new("aten::clamp");
    private static readonly Operator LerpScalarOp = new("aten::lerp", "Scalar");
    private static readonly Operator LerpTensorOp = new("aten::lerp", "Tensor");

    /// <summary>a + b, elementwise, broadcast.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => AddTensorOp.Call(a, b);

    /// <summary>a + b, elementwise; integers stay integers.</summary>
    public static Tensor operator +(Tensor a, long b) => AddScalarOp.Call(a, b);

    /// <summary>a + b, elementwise.</summary>
    public static Tensor operator +(Tensor a, double b) => AddScalarOp.Call(a, b);

    /// <summary>a - b, elementwise, broadcast.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => SubTensorOp.Call(a, b);

    /// <summary>a - b, elementwise; integers stay integers.</summary>
    public static Tensor operator -(Tensor a, long b) => SubScalarOp.Call(a, b);

    /// <summary>a - b, elementwise.</summary>
    public static Tensor operator -(Tensor a, double b) => SubScalarOp.Call(a, b);

    /// <summary>a * b, elementwise, broadcast.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => MulTensorOp.Call(a, b);

    /// <summary>a * b, elementwise; integers stay integers.</summary>
    public static Tensor operator *(Tensor a, long b) => MulScalarOp.Call(a, b);

    /// <summary>a * b, elementwise.</summary>
    public static Tensor operator *(Tensor a, double b) => MulScalarOp.Call(a, b);

    /// <summary>a / b, elementwise, broadcast.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => DivTensorOp.Call(a, b);

    /// <summary>a / b, elementwise.</summary>
    public static Tensor operator /(Tensor a, double b) => DivScalarOp.Call(a, b);

    /// <summary>a + b, elementwise; integers stay integers.</summary>
    public static Tensor operator +(long a, Tensor b) => AddScalarOp.Call(b, a);

    /// <summary>a + b, elementwise.</summary>
    public static Tensor operator +(double a, Tensor b) => AddScalarOp.Call(b, a);

    /// <summary>a - b, elementwise; integers stay integers.</summary>
    public static Tensor operator -(long a, Tensor b) => RsubScalarOp.Call(b, a);

    /// <summary>a - b, elementwise.</summary>
    public static Tensor operator -(double a, Tensor b) => RsubScalarOp.Call(b, a);

    /// <summary>a * b, elementwise; integers stay integers.</summary>
    public static Tensor operator *(long a, Tensor b) => MulScalarOp.Call(b, a);

    /// <summary>a * b, elementwise.</summary>
    public static Tensor operator *(double a, Tensor b) => MulScalarOp.Call(b, a);

    /// <summary>a / b, elementwise.</summary>
    public static Tensor operator /(double a, Tensor b) => MulScalarOp.Call(ReciprocalOp.Call(b), a);

    /// <summary>-x.</summary>
    public static Tensor operator -(Tensor x) => NegOp.Call(x);

    /// <summary>x + alpha · other.</summary>
    public Tensor Add(Tensor other, double alpha) => AddTensorOp.Call(this, other, alpha);

    /// <summary>x^exponent.</summary>
    public Tensor Pow(double exponent) => PowScalarOp.Call(this, exponent);

    /// <summary>x^exponent, elementwise.</summary>
    public Tensor Pow(Tensor exponent) => PowTensorOp.Call(this, exponent);

    /// <summary>The larger, elementwise.</summary>
    public Tensor Maximum(Tensor other) => MaximumOp.Call(this, other);

    /// <summary>The smaller, elementwise.</summary>
    public Tensor Minimum(Tensor other) => MinimumOp.Call(this, other);

    /// <summary>x held within [min, max].</summary>
    public Tensor Clamp(double min = double.NegativeInfinity, double max = double.PositiveInfinity) => ClampOp.Call(this, min, max);

    /// <summary>x + weight · (end - x).</summary>
    public Tensor Lerp(Tensor end, double weight) => LerpScalarOp.Call(this, end, weight);

    /// <summary>x + weight · (end - x), elementwise.</summary>
    public Tensor Lerp(Tensor end, Tensor weight) => LerpTensorOp.Call(this, end, weight);
}
