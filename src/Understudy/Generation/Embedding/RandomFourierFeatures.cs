using Understudy.Torch;

namespace Understudy.Generation.Embedding;

/// <summary>Random Fourier features: φ(x) = [cos(Wx), sin(Wx)] / √(D/2), so that φ(x)·φ(y) approximates a Gaussian kernel and ‖φ(x)‖ = 1.</summary>
/// <remarks>
/// Rahimi and Recht, NIPS 2007. With the rows of W from N(0, I/ℓ²) the kernel is exp(-‖x - y‖²/(2ℓ²)). W is drawn from the experiment's
/// seed and not from the data, so it is public.
/// </remarks>
public sealed class RandomFourierFeatures : IDisposable
{
    private readonly Tensor frequencies; // [D/2, P]

    /// <summary>Draws W.</summary>
    /// <param name="pixels">P, numbers in a record.</param>
    /// <param name="features">D, even.</param>
    /// <param name="lengthScale">ℓ, positive.</param>
    /// <param name="seed">Same seed, same features.</param>
    /// <param name="device">Where they are computed.</param>
    public RandomFourierFeatures(long pixels, int features, double lengthScale, ulong seed, Device device)
    {
        if (features < 2 || features % 2 != 0) throw new ArgumentOutOfRangeException(nameof(features), $"{features} random features; an even number of at least 2 is needed");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengthScale);
        Count = features;
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(seed);
        frequencies = scope.Detach((Tensor.RandN([features / 2, pixels]) / lengthScale).To(device));
    }

    /// <summary>D.</summary>
    public int Count { get; }

    /// <summary>φ of each record: [B, …] → [B, D], rows of length 1.</summary>
    public Tensor Of(Tensor x)
    {
        var angles = Functional.Linear(x.Flatten(1), frequencies, bias: null); // [B, D/2]
        return Tensor.Cat([angles.Cos(), angles.Sin()], 1) / Math.Sqrt(Count / 2.0);
    }

    /// <inheritdoc/>
    public void Dispose() => frequencies.Dispose();
}
