using Understudy.Data;
using Understudy.Torch;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>The GAN of the hinge loss: the discriminator cares only for scores within the margin of ±1. Its samples carry no labels.</summary>
/// <remarks>Lim, Ye, 2017, 1705.02894, as in Miyato et al., ICLR 2018, 1802.05957, equations 16 and 17: L_D = E relu(1 - D(x)) + E relu(1 + D(G(z))), L_G = -E D(G(z)).</remarks>
public sealed class HingeGan(LossGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : PlainGan(options, options.Network, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new("hingegan", "Lim, Ye: Geometric GAN, 2017, arXiv 1705.02894", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected internal override Tensor LossOfD(Tensor real, Tensor fake) => F.Relu(1 - real).Mean() + F.Relu(1 + fake).Mean();

    /// <inheritdoc/>
    protected internal override Tensor LossOfG(Tensor fake) => -fake.Mean();
}
