using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Generation.Gan;

/// <summary>LSGAN: the discriminator's scores are fitted to 1 and 0 by least squares. Its samples carry no labels.</summary>
/// <remarks>
/// Mao, Li, Xie, Lau, Wang, Smolley, ICCV 2017, 1611.04076, with a = 0 and b = c = 1: L_D = ½ E (D(x) - 1)² + ½ E D(G(z))²,
/// L_G = ½ E (D(G(z)) - 1)². With one-sided label smoothing s, b = 1 - s.
/// </remarks>
public sealed class LsGan(LossGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : PlainGan(options, options.Network, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "lsgan", "Mao, Li, Xie, Lau, Wang, Smolley: Least Squares Generative Adversarial Networks, ICCV 2017, arXiv 1611.04076", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override bool HasTargets => true;

    /// <inheritdoc/>
    protected internal override Tensor LossOfD(Tensor real, Tensor fake) =>
        (0.5 * (real - (1 - Tricks.LabelSmoothing)).Square().Mean()) + (0.5 * fake.Square().Mean());

    /// <inheritdoc/>
    protected internal override Tensor LossOfG(Tensor fake) => 0.5 * (fake - 1).Square().Mean();
}
