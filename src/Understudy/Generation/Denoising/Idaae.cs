using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Generation.Denoising;

/// <summary>iDAAE: a DAAE whose posterior, integrated over corruptions, matches the prior: z_f = (1/M) Σ E(x + σ ε_m).</summary>
/// <remarks>Creswell, Bharath, 2017, 1703.01220, section 4.2.</remarks>
public sealed class Idaae(IdaaeOptions options, ImageShape shape, IReadOnlyList<string> classNames) : AdversarialSynthesizer(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "idaae", "Creswell, Bharath: Denoising Adversarial Autoencoders (integrating variant), 2017, arXiv 1703.01220", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override Tensor Codes(Tensor x) => Corruption.AverageCode(Encoder.Forward, x, options.Copies, options.ReproduceQuirk);
}
