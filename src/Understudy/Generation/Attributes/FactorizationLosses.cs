using Understudy.Torch;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Attributes;

/// <summary>The losses of IFcVAE-GAN; networks end in logits.</summary>
/// <remarks>
/// Creswell et al., 2017, 1711.05175. The published program sums images over the batch and takes the mean of attributes, so that their balance
/// depends on the batch; here everything is a mean, and the weight of attributes is divided by the published batch of 64.
/// </remarks>
/// <param name="isSummed">Sums over the batch, as published.</param>
internal readonly struct FactorizationLosses(bool isSummed)
{
    private const double PublishedBatch = 64;
    private const double DiscriminatorFactor = 0.3;
    private const double GeneratorFactor = 0.5;

    /// <summary>Cross-entropy of x̂ and x, summed over values, divided by the pixels of an image (not by its channels).</summary>
    public Tensor Reconstruction(Tensor logits, Tensor x) => OverBatch(F.BinaryCrossEntropyWithLogits(logits, x, Reduction.Sum) / (double)(x.Size(2) * x.Size(3)), x);

    /// <summary>½ Σ (μ² + e^s − 1 − s) / nz, s the logarithm of the variance.</summary>
    public Tensor Divergence(Tensor mean, Tensor logVariance) =>
        OverBatch(0.5 * (mean.Square() + logVariance.Exp() - 1 - logVariance).Sum() / (double)mean.Size(1), mean);

    /// <summary>Cross-entropy of an attribute [B, 1].</summary>
    public Tensor Attribute(Tensor logits, Tensor y)
    {
        var mean = F.BinaryCrossEntropyWithLogits(logits, y);
        return isSummed ? mean : mean / PublishedBatch;
    }

    /// <summary>What the encoder lowers to hide the attribute, of the adversary's logits [B, 1].</summary>
    public Tensor Hidden(Tensor logits, Tensor y, HidingLoss hiding) => hiding == HidingLoss.AsPublished
        ? -Attribute(logits, y)
        : Attribute(logits, Tensor.Full(y.Shape, 0.5, device: y.Device));

    /// <summary>0.3 [BCE(D(x), 1) + BCE(D(x̂), 0) + BCE(D(Dec([y, z_r])), 0)].</summary>
    public Tensor Discriminator(Tensor real, Tensor reconstructed, Tensor random) =>
        DiscriminatorFactor * (Against(real, 1) + Against(reconstructed, 0) + Against(random, 0));

    /// <summary>L_gen = 0.5 [BCE(D(x̂), 1) + BCE(D(Dec([y, z_r])), 1)].</summary>
    public Tensor Generator(Tensor reconstructed, Tensor random) => GeneratorFactor * (Against(reconstructed, 1) + Against(random, 1));

    private Tensor Against(Tensor logits, double target) => OverBatch(F.BinaryCrossEntropyWithLogits(logits, target, Reduction.Sum), logits);

    private Tensor OverBatch(Tensor sum, Tensor batch) => isSummed ? sum : sum / (double)batch.Size(0);
}
