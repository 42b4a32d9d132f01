using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>A conditional GAN: generator and discriminator both see the class, as one-hot numbers and as one-hot channels.</summary>
/// <remarks>
/// Mirza, Osindero, 2014, 1411.1784, on the networks of DCGAN:
/// L_D = E softplus(-D(x, y)) + E softplus(D(G(z, y), y)), L_G = E softplus(-D(G(z, y), y)).
/// </remarks>
public sealed class ConditionalGan(GanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : JudgingGan(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new("cgan", "Mirza, Osindero: Conditional Generative Adversarial Nets, 2014, arXiv 1411.1784", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "generator"];

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(DcGenerator.Build(Options.LatentSize + ClassCount, Shape, Options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => Initialized(DcDiscriminator.Build(Shape, Options.Width, conditionChannels: ClassCount));

    /// <inheritdoc/>
    protected override Tensor Judge(Tensor images, Tensor? labels) => D(images, OneHot(labels!));

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var y = OneHot(labels!); // [B, K]
        var fake = Generator.Forward(Tensor.Cat([Noise(x.Size(0)), y], 1)); // [B, C, H, W]

        var lossD = F.Softplus(-D(x, y)).Mean() + F.Softplus(D(fake.Detach(), y)).Mean();
        UpdateDiscriminator(lossD);

        var lossG = WithFrozenDiscriminator(() => F.Softplus(-D(fake, y)).Mean());
        UpdateGenerator(lossG);
        return [lossD.Item<float>(), lossG.Item<float>()];
    }

    private Tensor D(Tensor x, Tensor y) => Discriminator.Forward(WithClassMaps(x, y));
}
