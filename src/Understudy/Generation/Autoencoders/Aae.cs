using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Autoencoders;

/// <summary>AAE: an autoencoder whose codes a discriminator cannot tell from draws of the prior. Its samples carry no labels.</summary>
/// <remarks>
/// Makhzani, Shlens, Jaitly, Goodfellow, Frey, 2015, 1511.05644, section 2, D the logit of a code: L_D = E softplus(-D(z)) + E softplus(D(E(x))), z ~ N(0, I);
/// L_(E, Dec) = ‖x - Dec(E(x))‖² + λ E softplus(-D(E(x))), the square averaged over pixels. E is deterministic.
/// </remarks>
public sealed class Aae(AaeOptions options, ImageShape shape, IReadOnlyList<string> classNames) : AutoencoderSynthesizer(options, shape, classNames)
{
    private Module? discriminator;
    private Learner? autoencoder;
    private Learner? judge;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new("aae", "Makhzani, Shlens, Jaitly, Goodfellow, Frey: Adversarial Autoencoders, 2015, arXiv 1511.05644", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "reconstruction", "adversarial"];

    /// <inheritdoc/>
    protected override void BuildParts()
    {
        base.BuildParts();
        discriminator = AddNetwork("discriminator", CodeDiscriminator.Build(LatentSize, options.Width));
    }

    /// <inheritdoc/>
    protected override void AddLearners()
    {
        autoencoder = AddLearner("optimizer", [.. Encoder.Parameters, .. Generator.Parameters]);
        judge = AddLearner("optimizerD", discriminator!.Parameters);
    }

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var code = Encoder.Forward(x); // [B, nz]

        var lossD = F.Softplus(-discriminator!.Forward(Noise(x.Size(0)))).Mean() + F.Softplus(discriminator.Forward(code.Detach())).Mean();
        judge!.Lower(lossD);

        var reconstruction = F.MeanSquaredError(Generator.Forward(code), x);
        var adversarial = Frozen(discriminator, () => F.Softplus(-discriminator.Forward(code)).Mean());
        autoencoder!.Lower(reconstruction + (options.AdversarialWeight * adversarial));
        return [lossD.Item<float>(), reconstruction.Item<float>(), adversarial.Item<float>()];
    }
}
