using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Generation.Translation;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>CoGAN: two GANs that share weights learn to show one thing in two domains, from images that are not paired. Its samples, of the first domain, carry no labels.</summary>
/// <remarks>
/// Liu, Tuzel, NIPS 2016, 1606.07536, equation 4, i = 1, 2: L_D = Σᵢ E softplus(-Dᵢ(xᵢ)) + E softplus(Dᵢ(Gᵢ(z))), L_G = Σᵢ E softplus(-Dᵢ(Gᵢ(z))), z the
/// same for both. The second domain is made of other images than the first.
/// </remarks>
public sealed class CoGan(CoGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : GanSynthesizer(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new("cogan", "Liu, Tuzel: Coupled Generative Adversarial Networks, NIPS 2016, arXiv 1606.07536", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    public override bool IsConditional => false;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "generator"];

    /// <inheritdoc/>
    protected override int BatchesPerStep => 2;

    private ImageShape SecondShape => ImageTasks.DomainOf(options.SecondDomain, Shape);

    private CoupledGenerator G => (CoupledGenerator)Generator;

    private CoupledDiscriminator D => (CoupledDiscriminator)Discriminator;

    /// <summary>What D lowers, of logits [B, 1] in each domain.</summary>
    public static Tensor LossOfD((Tensor First, Tensor Second) real, (Tensor First, Tensor Second) fake) =>
        F.Softplus(-real.First).Mean() + F.Softplus(fake.First).Mean() + F.Softplus(-real.Second).Mean() + F.Softplus(fake.Second).Mean();

    /// <summary>What G lowers, of logits [B, 1] in each domain.</summary>
    public static Tensor LossOfG((Tensor First, Tensor Second) fake) => F.Softplus(-fake.First).Mean() + F.Softplus(-fake.Second).Mean();

    /// <summary>The same things in both domains.</summary>
    /// <returns>[count] images of the first domain, and of the second.</returns>
    public (ImageSet First, ImageSet Second) SamplePairs(int count, ulong seed)
    {
        using var scope = new TensorScope();
        using var generating = new Generating(this);
        TorchRuntime.ManualSeed(Seed.Derive(seed, "pairs"));
        var (first, second) = G.Both(Noise(count));
        return (new ImageSet(Shape, ImageTensors.ToPixels(first, Range)), new ImageSet(SecondShape, ImageTensors.ToPixels(second, Range)));
    }

    /// <inheritdoc/>
    protected override Module BuildGenerator() => Initialized(new CoupledGenerator(options.LatentSize, Shape, SecondShape, options.Width));

    /// <inheritdoc/>
    protected override Module BuildDiscriminator() => Initialized(new CoupledDiscriminator(Shape, SecondShape, options.Width));

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var x2 = ImageTasks.Apply(options.SecondDomain, NextBatch().Images, Shape); // [B, C', H, W], of other records
        var (fake1, fake2) = G.Both(Noise(x.Size(0)));

        var lossD = LossOfD(D.Both(x, x2), D.Both(fake1.Detach(), fake2.Detach()));
        UpdateDiscriminator(lossD);

        var lossG = WithFrozenDiscriminator(() => LossOfG(D.Both(fake1, fake2)));
        UpdateGenerator(lossG);
        return [lossD.Item<float>(), lossG.Item<float>()];
    }
}
