using Understudy.Data;

namespace Understudy.Generation.Gan;

/// <summary>The first GAN: fully connected networks, the non-saturating loss. Its samples carry no labels.</summary>
/// <remarks>Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio, NIPS 2014, 1406.2661.</remarks>
public sealed class FcGan(PlainGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : CrossEntropyGan(options, Architecture.FullyConnected, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "fcgan", "Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio: Generative Adversarial Nets, NIPS 2014, arXiv 1406.2661", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;
}
