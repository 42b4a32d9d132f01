namespace Understudy.Torch;

/// <content>Activations.</content>
public static partial class Functional
{
    private static readonly Operator ReluOp = new("aten::relu");
    private static readonly Operator LeakyReluOp = new("aten::leaky_relu");
    private static readonly Operator EluOp = new("aten::elu");
    private static readonly Operator GeluOp = new("aten::gelu");
    private static readonly Operator SiluOp = new("aten::silu");
    private static readonly Operator SoftplusOp = new("aten::softplus");
    private static readonly Operator LogSigmoidOp = new("aten::log_sigmoid");
    private static readonly Operator SoftmaxOp = new("aten::softmax", "int");
    private static readonly Operator LogSoftmaxOp = new("aten::log_softmax", "int");

    /// <summary>max(x, 0).</summary>
    public static Tensor Relu(Tensor x) => ReluOp.Call(x);

    /// <summary>x where x &gt; 0, slope · x elsewhere.</summary>
    public static Tensor LeakyRelu(Tensor x, double slope = 0.01) => LeakyReluOp.Call(x, slope);

    /// <summary>x where x &gt; 0, alpha (e^x - 1) elsewhere.</summary>
    public static Tensor Elu(Tensor x, double alpha = 1) => EluOp.Call(x, alpha);

    /// <summary>x Φ(x), Φ the standard normal distribution function.</summary>
    public static Tensor Gelu(Tensor x) => GeluOp.Call(x);

    /// <summary>x/(1 + e^-x).</summary>
    public static Tensor Silu(Tensor x) => SiluOp.Call(x);

    /// <summary>ln(1 + e^x), without overflow; x itself above 20.</summary>
    public static Tensor Softplus(Tensor x) => SoftplusOp.Call(x);

    /// <summary>-ln(1 + e^-x), without overflow.</summary>
    public static Tensor LogSigmoid(Tensor x) => LogSigmoidOp.Call(x);

    /// <summary>e^x over its sum along a dimension.</summary>
    public static Tensor Softmax(Tensor x, long dimension = -1) => SoftmaxOp.Call(x, dimension);

    /// <summary>ln of <see cref="Softmax"/>, without overflow.</summary>
    public static Tensor LogSoftmax(Tensor x, long dimension = -1) => LogSoftmaxOp.Call(x, dimension);
}
