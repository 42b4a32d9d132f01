using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Generation.Denoising;

/// <summary>The denoising autoencoder: it restores the clean image from a noisy one; the Markov chain x ← Dec(E(x + σ ε)) draws samples.</summary>
/// <remarks>Vincent et al., ICML 2008; Bengio, Yao, Alain, Vincent, NIPS 2013, 1305.6663. Its chain starts from Dec(z), z ~ N(0, I), to which nothing ties the codes.</remarks>
public sealed class Dae(DaeOptions options, ImageShape shape, IReadOnlyList<string> classNames) : DenoisingSynthesizer(options, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "dae", "Bengio, Yao, Alain, Vincent: Generalized Denoising Auto-Encoders as Generative Models, NIPS 2013, arXiv 1305.6663", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    protected override Corruption Corruption => new(options.Sigma, options.Clip);

    /// <inheritdoc/>
    protected override int MarkovSteps => options.MarkovSteps;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> LossNames => ["reconstruction"];

    /// <inheritdoc/>
    protected override float[] Step(Tensor x, Tensor? labels)
    {
        var loss = Reconstruction(x);
        UpdateAutoencoder(loss);
        return [loss.Item<float>()];
    }
}
