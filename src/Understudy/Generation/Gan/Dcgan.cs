using Understudy.Data;

namespace Understudy.Generation.Gan;

/// <summary>DCGAN: convolutional networks, the non-saturating loss. Its samples carry no labels.</summary>
/// <remarks>Radford, Metz, Chintala, ICLR 2016, 1511.06434.</remarks>
public sealed class Dcgan(PlainGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : CrossEntropyGan(options, Architecture.Convolutional, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dcgan",
        "Radford, Metz, Chintala: Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks, ICLR 2016, arXiv 1511.06434",
        "image",
        MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;
}
