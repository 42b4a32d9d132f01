using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>DCGAN with the non-saturating loss. Its samples carry no labels.</summary>
/// <remarks>
/// Radford, Metz, Chintala, ICLR 2016, 1511.06434; loss of Goodfellow et al., NIPS 2014, 1406.2661:
/// L_D = E softplus(-D(x)) + E softplus(D(G(z))), L_G = E softplus(-D(G(z))).
/// </remarks>
public sealed class Dcgan(GanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : GanSynthesizer(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dcgan",
        "Radford, Metz, Chintala: Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks, ICLR 2016, arXiv 1511.06434",
        "image",
        MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "generator"];

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(DcGenerator.Build(Options.LatentSize, Shape, Options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => Initialized(DcDiscriminator.Build(Shape, Options.Width));

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var fake = Generator.Forward(Noise(x.Size(0))); // [B, C, H, W]

        var lossD = F.Softplus(-Discriminator.Forward(x)).Mean() + F.Softplus(Discriminator.Forward(fake.Detach())).Mean();
        UpdateDiscriminator(lossD);

        var lossG = WithFrozenDiscriminator(() => F.Softplus(-Discriminator.Forward(fake)).Mean());
        UpdateGenerator(lossG);
        return [lossD.Item<float>(), lossG.Item<float>()];
    }
}
