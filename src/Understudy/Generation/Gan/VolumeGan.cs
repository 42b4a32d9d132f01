using Understudy.Data;

namespace Understudy.Generation.Gan;

/// <summary>3D-GAN: volumes by convolutions of volumes, the non-saturating loss. Its samples carry no labels.</summary>
/// <remarks>Wu, Zhang, Xue, Freeman, Tenenbaum, NIPS 2016, 1610.07584; the networks are those of <see cref="Networks.VolumeNetworks"/>.</remarks>
public sealed class VolumeGan(PlainGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : CrossEntropyGan(options, Architecture.Volumetric, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "gan3d",
        "Wu, Zhang, Xue, Freeman, Tenenbaum: Learning a Probabilistic Latent Space of Object Shapes via 3D Generative-Adversarial Modeling, NIPS 2016, arXiv 1610.07584",
        "volume",
        MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;
}
