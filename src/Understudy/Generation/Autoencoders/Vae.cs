using Understudy.Data;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Generation.Autoencoders;

/// <summary>VAE: the evidence lower bound, with a Gaussian of fixed σ about every pixel. Its samples carry no labels.</summary>
/// <remarks>
/// Kingma, Welling, ICLR 2014, 1312.6114: L = ‖x - Dec(z)‖²/(2σ²) + ½ Σ (μ² + exp lv - 1 - lv), z = μ + exp(lv/2) ε, (μ, lv) = E(x).
/// </remarks>
public sealed class Vae(VaeOptions options, ImageShape shape, IReadOnlyList<string> classNames) : AutoencoderSynthesizer(options, shape, classNames)
{
    private Learner? learner;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new("vae", "Kingma, Welling: Auto-Encoding Variational Bayes, ICLR 2014, arXiv 1312.6114", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["reconstruction", "divergence"];

    /// <inheritdoc/>
    protected override bool IsEncoderRandom => true;

    /// <inheritdoc/>
    protected override void AddLearners() => learner = AddLearner("optimizer", [.. Encoder.Parameters, .. Generator.Parameters]);

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var (mean, logVariance) = Posterior(x); // [B, nz] each
        var reconstruction = Variational.Reconstruction(x, Generator.Forward(Variational.Draw(mean, logVariance)), options.Sigma);
        var divergence = Variational.Divergence(mean, logVariance);
        learner!.Lower(reconstruction + divergence);
        return [reconstruction.Item<float>(), divergence.Item<float>()];
    }
}
