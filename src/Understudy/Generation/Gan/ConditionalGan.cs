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
/// Aware of matching (Reed et al., ICML 2016, 1605.05396, algorithm 1, of classes in place of texts), D is also shown real images with a class y' that is not theirs, half of all that it should refuse:
/// L_D = E softplus(-D(x, y)) + ½ [E softplus(D(x, y')) + E softplus(D(G(z, y), y))].
/// </remarks>
public sealed class ConditionalGan(ConditionalGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : LabelledGan(options, shape, classNames)
{
    private readonly bool matchingAware = Checked(options.MatchingAware, classNames.Count);

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "cgan",
        "Mirza, Osindero: Conditional Generative Adversarial Nets, 2014, arXiv 1411.1784; Reed, Akata, Yan, Logeswaran, Schiele, Lee: Generative Adversarial Text to Image Synthesis, ICML 2016, arXiv 1605.05396; Miyato, Koyama: cGANs with Projection Discriminator, ICLR 2018, arXiv 1802.05637",
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

        var lossD = LossOfD(D(x, y), D(fake.Detach(), y), matchingAware ? D(x, OneHot(OtherClasses(labels!, ClassCount))) : null);
        UpdateDiscriminator(Held(lossD, images => D(images, y), x));

        var lossG = WithFrozenDiscriminator(() => F.Softplus(-D(fake, y)).Mean());
        UpdateGenerator(lossG);
        return [lossD.Item<float>(), lossG.Item<float>()];
    }

    /// <summary>What D lowers.</summary>
    /// <param name="real">D(x, y), [B, 1].</param>
    /// <param name="fake">D(G(z, y), y), [B, 1].</param>
    /// <param name="mismatched">D(x, y'), [B, 1]; null where D is not shown such pairs.</param>
    internal static Tensor LossOfD(Tensor real, Tensor fake, Tensor? mismatched) => F.Softplus(-real).Mean() + (mismatched is null
        ? F.Softplus(fake).Mean()
        : 0.5 * (F.Softplus(mismatched).Mean() + F.Softplus(fake).Mean()));

    /// <summary>For each class [B] in [0, K) one of the others, all alike likely.</summary>
    internal static Tensor OtherClasses(Tensor labels, int classes)
    {
        var moved = labels + Tensor.RandInt(1, classes, [labels.Size(0)], device: labels.Device);
        return moved - (moved.Ge(classes).To(DType.Int64) * classes);
    }

    private static bool Checked(bool matchingAware, int classes) => !matchingAware || classes >= 2
        ? matchingAware
        : throw new InputException($"'matchingAware' of cgan shows images with a class that is not theirs, and the images have {(classes == 1 ? "one class" : "no classes")}; leave it out, or give images of two classes or more");

    private Tensor D(Tensor x, Tensor y) => Discriminator is ProjectionDiscriminator projection ? projection.Forward(x, y) : Discriminator.Forward(WithClassMaps(x, y));
}
