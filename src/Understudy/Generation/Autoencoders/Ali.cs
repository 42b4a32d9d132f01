using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Autoencoders;

/// <summary>ALI, or BiGAN: a discriminator of pairs (image, code) teaches an encoder to invert the generator. Its samples carry no labels.</summary>
/// <remarks>
/// Dumoulin et al., ICLR 2017, 1606.00704; Donahue, Krähenbühl, Darrell, ICLR 2017, 1605.09782. D(x, z) the logit, z ~ N(0, I), ẑ ~ q(z | x):
/// L_D = E softplus(-D(x, ẑ)) + E softplus(D(G(z), z)); L_(G, E) = E softplus(D(x, ẑ)) + E softplus(-D(G(z), z)), both roles exchanged.
/// </remarks>
public sealed class Ali(AliOptions options, ImageShape shape, IReadOnlyList<string> classNames) : AutoencoderSynthesizer(options, shape, classNames)
{
    private PairDiscriminator? discriminator;
    private Learner? pair;
    private Learner? judge;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "ali",
        "Dumoulin, Belghazi, Poole, Mastropietro, Lamb, Arjovsky, Courville: Adversarially Learned Inference, ICLR 2017, arXiv 1606.00704 (BiGAN: Donahue, Krähenbühl, Darrell, ICLR 2017, arXiv 1605.09782)",
        "image",
        MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "generator"];

    /// <inheritdoc/>
    protected override bool IsEncoderRandom => options.Stochastic;

    /// <summary>What D lowers, of D(x, ẑ) and D(G(z), z).</summary>
    public static Tensor LossOfD(Tensor encoded, Tensor generated) => F.Softplus(-encoded).Mean() + F.Softplus(generated).Mean();

    /// <summary>What G and E lower together.</summary>
    public static Tensor LossOfPair(Tensor encoded, Tensor generated) => F.Softplus(encoded).Mean() + F.Softplus(-generated).Mean();

    /// <inheritdoc/>
    protected override void BuildParts()
    {
        base.BuildParts();
        discriminator = AddNetwork("discriminator", new PairDiscriminator(Shape, LatentSize, options.Width));
    }

    /// <inheritdoc/>
    protected override void AddLearners()
    {
        pair = AddLearner("optimizerG", [.. Generator.Parameters, .. Encoder.Parameters]);
        judge = AddLearner("optimizerD", discriminator!.Parameters);
    }

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var d = discriminator!;
        var z = Noise(x.Size(0)); // [B, nz]
        var fake = Generator.Forward(z); // [B, C, H, W]
        var code = Code(x); // [B, nz]

        var lossD = LossOfD(d.Forward(x, code.Detach()), d.Forward(fake.Detach(), z));
        judge!.Lower(lossD);

        var lossG = Frozen(d, () => LossOfPair(d.Forward(x, code), d.Forward(fake, z)));
        pair!.Lower(lossG);
        return [lossD.Item<float>(), lossG.Item<float>()];
    }

    private Tensor Code(Tensor x)
    {
        if (!options.Stochastic) return Encoder.Forward(x);
        var (mean, logVariance) = Posterior(x);
        return Variational.Draw(mean, logVariance);
    }
}
