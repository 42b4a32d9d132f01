using Understudy.Torch;
using Understudy.Torch.Initialization;

namespace Understudy.Generation.Embedding;

/// <summary>
/// Features of the empirical neural tangent kernel: φ(x) is the gradient of f(x) = v·ReLU(LN(Ux + b)) + c by all its parameters, divided by its
/// length. U, b, v, c are drawn from the experiment's seed and stay as they are.
/// </summary>
/// <remarks>
/// Yang, Adamczewski, Li, Sutherland, Park, AISTATS 2023, 2303.01687. LN is layer norm without parameters. In closed form
/// φ(x) ∝ [a ⊗ x, a, h, 1], where h = ReLU(LN(Ux + b)) and a is what the gradient by Ux + b is; so a sum over records is a product of two
/// matrices, and no record's φ is ever written down.
/// </remarks>
internal sealed class NeuralTangentFeatures : IFeatureMap
{
    private const double Variance = 1e-5;
    private const double Shrink = 1 - 1e-5;

    private readonly int width;
    private readonly Tensor hidden; // U, [W, P]
    private readonly Tensor bias; // b, [W]
    private readonly Tensor output; // v, [W]

    /// <summary>Draws the network.</summary>
    /// <param name="pixels">P, numbers in a record.</param>
    /// <param name="width">W: hidden units.</param>
    /// <param name="seed">Same seed, same features.</param>
    /// <param name="device">Where they are computed.</param>
    public NeuralTangentFeatures(int pixels, int width, ulong seed, Device device)
    {
        this.width = width;
        Count = (width * pixels) + width + width + 1;
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(seed);
        hidden = Draw(pixels, width, pixels);
        bias = Draw(pixels, width);
        output = Draw(width, width);

        // As linear layers start in PyTorch.
        Tensor Draw(int inputs, params long[] size) =>
            scope.Detach(Initializers.Uniform(Tensor.Empty(size), -1 / Math.Sqrt(inputs), 1 / Math.Sqrt(inputs)).To(device));
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Tensor Sums(Tensor x, Tensor weights)
    {
        var pixels = x.Flatten(1); // [B, P]
        var before = Functional.Linear(pixels, hidden, bias); // [B, W]
        var spread = (before.Var([1], unbiased: false, keepDim: true) + Variance).Sqrt(); // [B, 1]
        var normal = (before - before.Mean([1], keepDim: true)) / spread; // [B, W]
        var h = Functional.Relu(normal);
        var g = normal.Gt(0).To(normal.DType) * output; // ∂f/∂normal
        var a = (g - g.Mean([1], keepDim: true) - (normal * (g * normal).Mean([1], keepDim: true))) / spread; // ∂f/∂before
        var squares = (a.Square().Sum([1], keepDim: true) * (pixels.Square().Sum([1], keepDim: true) + 1)) + h.Square().Sum([1], keepDim: true) + 1;
        var scale = (weights * (Shrink / squares.Sqrt()).To(weights.DType)).Transpose(0, 1).Unsqueeze(2); // [K, B, 1]
        var (factors, inputs, hiddens) = (a.To(weights.DType), pixels.To(weights.DType), h.To(weights.DType));
        var rows = scale.Unbind(0).Select(s => Tensor.Cat(
        [
            (factors * s).Transpose(0, 1).MatMul(inputs).Flatten(),
            (factors * s).Sum([0]),
            (hiddens * s).Sum([0]),
            s.Sum([0]),
        ]));
        return Tensor.Stack([.. rows]); // [K, D]
    }

    /// <summary>f of each record, [B, P] → [B], by weights that are given.</summary>
    internal Tensor Evaluate(Tensor x, Tensor u, Tensor b, Tensor v) =>
        (Functional.Relu(Functional.LayerNorm(Functional.Linear(x, u, b), [width], epsilon: Variance)) * v).Sum([1]);

    /// <summary>Copies of U, b and v.</summary>
    internal (Tensor U, Tensor B, Tensor V) Weights => (hidden.Clone(), bias.Clone(), output.Clone());

    /// <inheritdoc/>
    public void Dispose()
    {
        hidden.Dispose();
        bias.Dispose();
        output.Dispose();
    }
}
