using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Generation.Gan.Tricks;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Style;

/// <summary>A small style-based GAN, whose latent space W is learnt; it draws the classes of labelled images.</summary>
/// <remarks>
/// Karras, Laine, Aila, CVPR 2019, 1812.04948, with the losses of its second version: L_D = E softplus(-D(x)) + E softplus(D(G(z))) +
/// γ/2 · E ‖∇D(x)‖² (R₁: Mescheder, Geiger, Nowozin, ICML 2018, 1801.04406), L_G = E softplus(-D(G(z))).
/// </remarks>
public sealed class StyleGan(StyleGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : JudgingGan(options, shape, classNames)
{
    private const int StepsBetweenPenalties = 8;
    private const int DrawsForScale = 2048;
    private const ulong ScaleSeed = 1;

    private readonly R1Penalty r1 = new(options.Penalty, StepsBetweenPenalties);
    private Tensor? meanW; // [1, dw]
    private Tensor? scaleW; // [1, dw]

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "stylegan", "Karras, Laine, Aila: A Style-Based Generator Architecture for Generative Adversarial Networks, CVPR 2019, arXiv 1812.04948", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => ClassCount > 0;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "generator", "penalty"];

    private StyleGenerator Style => (StyleGenerator)Generator;

    /// <summary>The latent vectors are those of W, each entry brought to mean 0 and variance 1, so that distances mean the same in every model.</summary>
    public override ILatentGenerator OpenLatents()
    {
        ForgetScale();
        return base.OpenLatents();
    }

    /// <inheritdoc/>
    protected override Module BuildGenerator() =>
        new StyleGenerator(options.LatentSize + ClassCount, Shape, options.Width, options.StyleSize, options.MappingLayers);

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => DcDiscriminator.Build(Shape, options.Width, conditionChannels: ClassCount, normalized: false);

    /// <inheritdoc/>
    protected override Tensor Judge(Tensor images, Tensor? labels) => D(images, labels is null ? null : OneHot(labels));

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var y = IsConditional ? OneHot(labels!) : null; // [B, K]
        var fake = Generator.Forward(Input(x.Size(0), y)); // [B, C, H, W]

        var lossD = F.Softplus(-D(x, y)).Mean() + F.Softplus(D(fake.Detach(), y)).Mean();
        var penalty = r1.Of(images => D(images, y), x, StepsDone);
        UpdateDiscriminator(penalty is null ? lossD : lossD + penalty);

        var lossG = WithFrozenDiscriminator(() => F.Softplus(-D(fake, y)).Mean());
        UpdateGenerator(lossG);
        return [lossD.Item<float>(), lossG.Item<float>(), penalty?.Item<float>() ?? 0];
    }

    /// <inheritdoc/>
    protected override Tensor DrawLatents(long count, Tensor? labels)
    {
        if (meanW is null) FindScale();
        return (Style.Map(Input(count, labels is null ? null : OneHot(labels))) - meanW!) / scaleW!;
    }

    /// <summary>Of w; the class is in it already.</summary>
    protected override Tensor FromLatents(Tensor latents, Tensor? labels)
    {
        if (meanW is null) FindScale();
        return Style.Synthesize((latents * scaleW!) + meanW!);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) ForgetScale();
    }

    private Tensor D(Tensor x, Tensor? y) => Discriminator.Forward(y is null ? x : WithClassMaps(x, y));

    private Tensor Input(long count, Tensor? y) => y is null ? Noise(count) : Tensor.Cat([Noise(count), y], 1);

    /// <summary>Mean and deviation of w under the present weights, classes in equal shares.</summary>
    private void FindScale()
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(Seed.Derive(ScaleSeed, "W"));
        var y = IsConditional ? OneHot(Tensor.From([.. Enumerable.Range(0, DrawsForScale).Select(i => (long)(i % ClassCount))])) : null;
        var w = Style.Map(Input(DrawsForScale, y)); // [N, dw]
        meanW = scope.Detach(w.Mean([0], keepDim: true));
        // An entry that does not vary keeps its value.
        scaleW = scope.Detach(w.Std([0], keepDim: true).Clamp(min: 1e-6));
    }

    private void ForgetScale()
    {
        meanW?.Dispose();
        scaleW?.Dispose();
        (meanW, scaleW) = (null, null);
    }
}
