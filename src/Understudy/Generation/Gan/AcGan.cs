using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>AC-GAN: the generator sees the class, and the discriminator must name it.</summary>
/// <remarks>
/// Odena, Olah, Shlens, ICML 2017, 1610.09585. With S the source logit and C the class logits of the discriminator:
/// L_S = E softplus(-S(x)) + E softplus(S(G(z, y))), L_C = CE(C(x), y) + CE(C(G(z, y)), y); the discriminator lowers L_S + L_C,
/// the generator E softplus(-S(G(z, y))) + λ CE(C(G(z, y)), y), where the paper has λ = 1. A smaller λ lets it make images that are
/// harder to classify, which real ones are too.
/// </remarks>
public sealed class AcGan(AcGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : JudgingGan(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "acgan", "Odena, Olah, Shlens: Conditional Image Synthesis with Auxiliary Classifier GANs, ICML 2017, arXiv 1610.09585", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "generator", "classReal", "classFake"];

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(DcGenerator.Build(Options.LatentSize + ClassCount, Shape, Options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => Initialized(DcDiscriminator.Build(Shape, Options.Width, outputs: 1 + ClassCount));

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var y = labels!; // [B]
        var fake = Generator.Forward(Tensor.Cat([Noise(x.Size(0)), OneHot(y)], 1)); // [B, C, H, W]

        var (realSource, realClass) = Heads(Discriminator.Forward(x));
        var (fakeSource, fakeClass) = Heads(Discriminator.Forward(fake.Detach()));
        var classReal = F.CrossEntropy(realClass, y);
        var sourceLoss = F.Softplus(-realSource).Mean() + F.Softplus(fakeSource).Mean();
        UpdateDiscriminator(sourceLoss + classReal + F.CrossEntropy(fakeClass, y));

        var (adversarial, classFake) = WithFrozenDiscriminator(() =>
        {
            var (source, classes) = Heads(Discriminator.Forward(fake));
            return (F.Softplus(-source).Mean(), F.CrossEntropy(classes, y));
        });
        UpdateGenerator(adversarial + (options.ClassWeight * classFake));
        return [sourceLoss.Item<float>(), adversarial.Item<float>(), classReal.Item<float>(), classFake.Item<float>()];
    }

    private (Tensor Source, Tensor Classes) Heads(Tensor logits) => (logits.Narrow(1, 0, 1), logits.Narrow(1, 1, ClassCount)); // [B, 1], [B, K]
}
