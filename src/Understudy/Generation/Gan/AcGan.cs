using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>AC-GAN: the generator sees the class, and the discriminator must name it.</summary>
/// <remarks>
/// Odena, Olah, Shlens, ICML 2017, 1610.09585. With S the source logit and C the class logits of the discriminator:
/// L_S = E softplus(-S(x)) + E softplus(S(G(z, y))); the discriminator lowers L_S + CE(C(x), y), the generator E softplus(-S(G(z, y))) + λ CE(C(G(z, y)), y).
/// In the paper λ = 1 and the discriminator lowers CE(C(G(z, y)), y) too: it then helps the generator to mark its images with their classes, whatever
/// they show, and the generator makes those that are easiest to name. Classes learnt from real images alone, and a small λ, leave it real ones to make.
/// </remarks>
public sealed class AcGan(AcGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : LabelledGan(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "acgan", "Odena, Olah, Shlens: Conditional Image Synthesis with Auxiliary Classifier GANs, ICML 2017, arXiv 1610.09585", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "generator", "classReal", "classFake"];

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => new Sequential(DcDiscriminator.Trunk(Shape, Options.Width, Hidden), new Linear(Hidden, 1 + ClassCount));

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var y = labels!; // [B]
        var fake = Generator.Forward(Tensor.Cat([Noise(x.Size(0)), OneHot(y)], 1)); // [B, C, H, W]

        var (lossD, classReal) = LossOfD(Discriminator.Forward(x), Discriminator.Forward(fake.Detach()), y);
        UpdateDiscriminator(Held(lossD + classReal, images => Source(Discriminator.Forward(images)), x));

        var (lossG, classFake) = WithFrozenDiscriminator(() => LossOfG(Discriminator.Forward(fake), y));
        UpdateGenerator(lossG + (options.ClassWeight * classFake));
        return [lossD.Item<float>(), lossG.Item<float>(), classReal.Item<float>(), classFake.Item<float>()];
    }

    /// <summary>The parts of what D lowers: L_S and the class loss of real images.</summary>
    /// <param name="real">The logits of x, the source and then the classes, [B, 1 + K].</param>
    /// <param name="fake">Those of G(z, y), [B, 1 + K].</param>
    /// <param name="y">The classes, [B].</param>
    internal static (Tensor Source, Tensor Class) LossOfD(Tensor real, Tensor fake, Tensor y) =>
        (F.Softplus(-Source(real)).Mean() + F.Softplus(Source(fake)).Mean(), F.CrossEntropy(Classes(real), y));

    /// <summary>The parts of what G lowers, before λ.</summary>
    /// <param name="fake">The logits of G(z, y), [B, 1 + K].</param>
    /// <param name="y">The classes asked for, [B].</param>
    internal static (Tensor Source, Tensor Class) LossOfG(Tensor fake, Tensor y) => (F.Softplus(-Source(fake)).Mean(), F.CrossEntropy(Classes(fake), y));

    private static Tensor Source(Tensor logits) => logits.Narrow(1, 0, 1); // [B, 1]

    private static Tensor Classes(Tensor logits) => logits.Narrow(1, 1, logits.Size(1) - 1); // [B, K]
}
