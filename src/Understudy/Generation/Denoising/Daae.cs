using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Generation.Denoising;

/// <summary>DAAE: a denoising autoencoder whose corrupted posterior matches the prior: z_f = E(x̃). With σ = 0 it is an adversarial autoencoder.</summary>
/// <remarks>Creswell, Bharath, 2017, 1703.01220, section 4.1.</remarks>
public sealed class Daae(DaaeOptions options, ImageShape shape, IReadOnlyList<string> classNames) : AdversarialSynthesizer(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "daae", "Creswell, Bharath: Denoising Adversarial Autoencoders, 2017, arXiv 1703.01220", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override Tensor Codes(Tensor x) => Encoder.Forward(Corruption.Of(x));
}
