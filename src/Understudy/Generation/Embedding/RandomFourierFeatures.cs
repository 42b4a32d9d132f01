using Understudy.Torch;

namespace Understudy.Generation.Embedding;

/// <summary>
/// Random Fourier features: φ(x) = [cos(Wx), sin(Wx)] / √(D/2), so that φ(x)·φ(y) approximates a mean of Gaussian kernels and ‖φ(x)‖ = 1.
/// </summary>
/// <remarks>
/// Rahimi and Recht, NIPS 2007. With rows of W from N(0, I/ℓ²) the kernel is exp(-‖x - y‖²/(2ℓ²)); each of several length scales gets as many
/// rows. W is drawn from the experiment's seed and not from the data, so it is public.
/// </remarks>
internal sealed class RandomFourierFeatures : IFeatureMap
{
    // The length of a feature vector in single precision may exceed 1 by rounding.
    private const double Shrink = 1 - 1e-5;

    private readonly Tensor frequencies; // [D/2, P]

    /// <summary>Draws W.</summary>
    /// <param name="pixels">P, numbers in a record.</param>
    /// <param name="features">D, twice a multiple of the number of length scales.</param>
    /// <param name="lengthScales">ℓ of each kernel, positive.</param>
    /// <param name="seed">Same seed, same features.</param>
    /// <param name="device">Where they are computed.</param>
    public RandomFourierFeatures(long pixels, int features, IReadOnlyList<double> lengthScales, ulong seed, Device device)
    {
        if (features < 2 || features % (2 * lengthScales.Count) != 0)
            throw new ArgumentOutOfRangeException(nameof(features), $"{features} random features cannot be shared out in pairs among {lengthScales.Count} length scales");
        Count = features;
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(seed);
        var rows = features / 2 / lengthScales.Count;
        frequencies = scope.Detach(Tensor.Cat([.. lengthScales.Select(scale => Tensor.RandN([rows, pixels]) / scale)]).To(device));
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>φ of each record: [B, …] → [B, D], rows of length 1 at most.</summary>
    public Tensor Of(Tensor x)
    {
        var angles = Functional.Linear(x.Flatten(1), frequencies, bias: null); // [B, D/2]
        return Tensor.Cat([angles.Cos(), angles.Sin()], 1) * (Shrink / Math.Sqrt(Count / 2.0));
    }

    /// <inheritdoc/>
    public Tensor Sums(Tensor x, Tensor weights) => weights.Transpose(0, 1).MatMul(Of(x).To(weights.DType));

    /// <inheritdoc/>
    public void Dispose() => frequencies.Dispose();
}
