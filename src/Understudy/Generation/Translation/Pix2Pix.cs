using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Translation;

/// <summary>pix2pix: a U-Net translates a source into the image that it was made from, and a discriminator judges patches of the pair.</summary>
/// <remarks>
/// Isola, Zhu, Zhou, Efros, CVPR 2017, 1611.07004, s the source of x, D the logits of patches: L_D = E softplus(-D(s, x)) + E softplus(D(s, T(s)));
/// L_T = E softplus(-D(s, T(s))) + λ E ‖x - T(s)‖₁, the norm averaged over pixels. Of a mask the image alone is painted and judged, and a sample is a pair.
/// </remarks>
public sealed class Pix2Pix(Pix2PixOptions options, ImageShape shape, IReadOnlyList<string> classNames)
    : TranslatingGan(options, ImageTasks.ShapeOf(options.Source, shape), shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "pix2pix", "Isola, Zhu, Zhou, Efros: Image-to-Image Translation with Conditional Adversarial Networks, CVPR 2017, arXiv 1611.07004", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "translator", "l1", "sourceDiscriminator", "sourceGenerator"];

    private bool IsOfMask => options.Source == ImageTask.Mask;

    // Channels that are painted.
    private int Painted => IsOfMask ? Shape.WithoutMask.Channels : Shape.Channels;

    /// <inheritdoc/>
    protected override Tensor SourceOf(Tensor x) => ImageTasks.Apply(options.Source, x, Shape);

    /// <inheritdoc/>
    protected override Module BuildTranslator()
    {
        var painter = new Sequential(new UNet(SourceShape.Channels, Painted, options.Width, Backbone.Doublings(Shape), options.Dropout), new Tanh());
        return IsOfMask ? new PairPainter(painter) : painter;
    }

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() =>
        Initialized(PatchDiscriminator.Build(SourceShape.Channels + Painted, options.Width, PatchDiscriminator.LayersFor(Shape.Height)));

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var source = SourceOf(x); // [B, C', H, W]
        var image = ImageOf(x);
        var translated = ImageOf(Translator.Forward(source)); // [B, painted, H, W]

        var lossD = F.Softplus(-D(source, image)).Mean() + F.Softplus(D(source, translated.Detach())).Mean();
        UpdateDiscriminator(lossD);

        var adversarial = WithFrozenDiscriminator(() => F.Softplus(-D(source, translated)).Mean());
        var l1 = F.L1(translated, image);
        UpdateGenerator(adversarial + (options.L1Weight * l1));
        return [lossD.Item<float>(), adversarial.Item<float>(), l1.Item<float>(), .. SourceStep(source)];
    }

    private Tensor ImageOf(Tensor x) => x.Narrow(1, 0, Painted);

    private Tensor D(Tensor source, Tensor x) => Discriminator.Forward(Tensor.Cat([source, x], 1));
}
