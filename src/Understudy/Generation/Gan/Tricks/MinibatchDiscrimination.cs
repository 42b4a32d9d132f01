using Understudy.Torch;
using Understudy.Torch.Initialization;
using Understudy.Torch.Modules;

namespace Understudy.Generation.Gan.Tricks;

/// <summary>A layer that tells each sample how close the others of its batch are, so that a generator which repeats itself gives itself away.</summary>
/// <remarks>
/// Salimans et al., NIPS 2016, 1606.03498, section 3.2: Mᵢ = f(xᵢ) T, [K, C]; o_k(xᵢ) = Σⱼ exp(-‖M_(i,k) - M_(j,k)‖₁), joined to f(xᵢ). It mixes the
/// samples of a batch, so it belongs in a discriminator without a guarantee and nowhere else.
/// </remarks>
public sealed class MinibatchDiscrimination : Module
{
    private const double InitialStd = 0.1;

    private readonly long kernels;
    private readonly long size;
    private readonly Tensor projection; // T, [A, K · C]

    /// <summary>Builds one: [B, features] → [B, features + kernels].</summary>
    /// <param name="features">A.</param>
    /// <param name="kernels">K: numbers added to a sample's features.</param>
    /// <param name="size">C: numbers that a distance is taken over.</param>
    public MinibatchDiscrimination(long features, long kernels, long size = 5)
    {
        (this.kernels, this.size) = (kernels, size);
        projection = AddParameter("projection", Initializers.Normal(Tensor.Empty([features, kernels * size]), 0, InitialStd));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var m = x.MatMul(projection).Reshape(-1, kernels, size); // [B, K, C]
        var distances = (m.Unsqueeze(0) - m.Unsqueeze(1)).Abs().Sum([3]); // [B, B, K]
        return Tensor.Cat([x, (-distances).Exp().Sum([1])], 1);
    }
}
