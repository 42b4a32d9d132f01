using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch.Modules;

namespace Understudy.Generation.PrivateGans;

/// <summary>DP-GAN: DCGAN without batch norm in the discriminator, which trains by DP-SGD. Its samples carry no labels.</summary>
/// <remarks>Xie et al., "Differentially Private Generative Adversarial Network", 2018, 1802.06739; number of discriminator steps as in Bie, Kamath, Zhang, TMLR 2023, 2302.02936.</remarks>
public sealed class DpGan(PrivateGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : PrivateGan(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dp-gan",
        "Xie, Lin, Wang, Wang, Zhou: Differentially Private Generative Adversarial Network, 2018, arXiv 1802.06739; Bie, Kamath, Zhang: Private GANs, Revisited, TMLR 2023, arXiv 2302.02936",
        "image",
        "(ε, δ)-DP");

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(DcGenerator.Build(Options.LatentSize, Shape, Options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => Initialized(DcDiscriminator.Build(Shape, Options.Width, normalized: false));
}
