using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>A conditional GAN: the generator sees the class, and the discriminator judges an image as one of its class.</summary>
/// <remarks>
/// Mirza, Osindero, 2014, 1411.1784: L_D = E softplus(-D(x, y)) + E softplus(D(G(z, y), y)), L_G = E softplus(-D(G(z, y), y)). D is shown the class as channels of the
/// image, or, where the options say so, judges by a <see cref="ProjectionDiscriminator"/>.
/// </remarks>
public sealed class ConditionalGan(ConditionalGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : LabelledGan(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "cgan",
        "Mirza, Osindero: Conditional Generative Adversarial Nets, 2014, arXiv 1411.1784; Miyato, Koyama: cGANs with Projection Discriminator, ICLR 2018, arXiv 1802.05637",
        "image",
        MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "generator"];

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => options.Projection
        ? new ProjectionDiscriminator(Shape, ClassCount, options.Width, Hidden)
        : new Sequential(DcDiscriminator.Trunk(Shape, options.Width, Hidden, ClassCount), new Linear(Hidden, 1));

    /// <inheritdoc/>
    protected override Tensor Judge(Tensor images, Tensor? labels) => D(images, OneHot(labels!));

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var y = OneHot(labels!); // [B, K]
        var fake = Generator.Forward(Tensor.Cat([Noise(x.Size(0)), y], 1)); // [B, C, H, W]

        var lossD = F.Softplus(-D(x, y)).Mean() + F.Softplus(D(fake.Detach(), y)).Mean();
        UpdateDiscriminator(Held(lossD, images => D(images, y), x));

        var lossG = WithFrozenDiscriminator(() => F.Softplus(-D(fake, y)).Mean());
        UpdateGenerator(lossG);
        return [lossD.Item<float>(), lossG.Item<float>()];
    }

    private Tensor D(Tensor x, Tensor y) => Discriminator is ProjectionDiscriminator projection ? projection.Forward(x, y) : Discriminator.Forward(WithClassMaps(x, y));
}
