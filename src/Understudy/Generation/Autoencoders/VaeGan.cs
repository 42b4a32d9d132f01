using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Training;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Autoencoders;

/// <summary>VAE-GAN: a VAE that compares images by what a discriminator sees in them instead of pixel by pixel. Its samples carry no labels.</summary>
/// <remarks>
/// Larsen, Sønderby, Larochelle, Winther, ICML 2016, 1512.09300, algorithm 1, with x̃ = Dec(z), z ~ q(z | x), and x_p = Dec(z_p), z_p ~ N(0, I):
/// F = ½ ‖D_l(x) - D_l(x̃)‖²; L_D = E softplus(-D(x)) + E softplus(D(x̃)) + E softplus(D(x_p)); L_E = KL + F;
/// L_Dec = γ F + E softplus(-D(x̃)) + E softplus(-D(x_p)), whose adversarial part is -L_GAN in the form that does not saturate. D_l is the last hidden layer.
/// </remarks>
public sealed class VaeGan(VaeGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : AutoencoderSynthesizer(options, shape, classNames)
{
    private FeatureDiscriminator? discriminator;
    private Learner? encoding;
    private Learner? decoding;
    private Learner? judge;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "vaegan", "Larsen, Sønderby, Larochelle, Winther: Autoencoding beyond Pixels Using a Learned Similarity Metric, ICML 2016, arXiv 1512.09300", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["discriminator", "features", "divergence", "decoder"];

    /// <inheritdoc/>
    protected override bool IsEncoderRandom => true;

    /// <summary>½ ‖D_l(x) - D_l(x̃)‖², averaged over the batch.</summary>
    /// <param name="real">D_l(x), [B, A].</param>
    /// <param name="reconstructed">D_l(x̃), [B, A].</param>
    public static Tensor FeatureDistance(Tensor real, Tensor reconstructed) => 0.5 * (real - reconstructed).Square().Sum([1]).Mean();

    /// <inheritdoc/>
    protected override void BuildParts()
    {
        base.BuildParts();
        discriminator = AddNetwork("discriminator", FeatureDiscriminator.Convolutional(Shape, options.Width));
        Initialized(discriminator);
    }

    /// <inheritdoc/>
    protected override void AddLearners()
    {
        encoding = AddLearner("optimizerE", Encoder.Parameters);
        decoding = AddLearner("optimizerG", Generator.Parameters);
        judge = AddLearner("optimizerD", discriminator!.Parameters);
    }

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var d = discriminator!;
        var (mean, logVariance) = Posterior(x);
        var reconstructed = Generator.Forward(Variational.Draw(mean, logVariance)); // x̃
        var drawn = Generator.Forward(Noise(x.Size(0))); // x_p

        var lossD = F.Softplus(-d.Forward(x)).Mean() + F.Softplus(d.Forward(reconstructed.Detach())).Mean() + F.Softplus(d.Forward(drawn.Detach())).Mean();
        judge!.Lower(lossD);

        var (features, adversarial) = Frozen(d, () =>
        {
            var (ofReconstructed, score) = d.Judge(reconstructed);
            var distance = FeatureDistance(d.Judge(x).Features.Detach(), ofReconstructed);
            return (distance, F.Softplus(-score).Mean() + F.Softplus(-d.Forward(drawn)).Mean());
        });
        var divergence = Variational.Divergence(mean, logVariance);
        Learner.LowerTogether((encoding!, divergence + features), (decoding!, (options.ReconstructionWeight * features) + adversarial));
        return [lossD.Item<float>(), features.Item<float>(), divergence.Item<float>(), adversarial.Item<float>()];
    }
}
