using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;

namespace Understudy.Generation.Gan;

/// <summary>WGAN-GP: a critic measures the Wasserstein distance, its slope drawn to 1 between real and generated images. Its samples carry no labels.</summary>
/// <remarks>
/// Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville, NIPS 2017, 1704.00028, algorithm 1: L_D = -E D(x) + E D(G(z)) + λ E (‖∇_u D(u)‖₂ - 1)²,
/// u = e x + (1 - e) G(z), e ~ U(0, 1) for each sample; L_G = -E D(G(z)); Adam with β = (0, 0.9).
/// </remarks>
public sealed class WganGp(WganGpOptions options, ImageShape shape, IReadOnlyList<string> classNames) : WassersteinGan(options, options.CriticSteps, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "wgangp", "Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville: Improved Training of Wasserstein GANs, NIPS 2017, arXiv 1704.00028", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <summary>E (‖∇_u D(u)‖₂ - 1)² with u = e x + (1 - e) G(z), a scalar that can be differentiated.</summary>
    /// <param name="critic">D; it must not mix the samples of a batch.</param>
    /// <param name="real">x, [B, …].</param>
    /// <param name="fake">G(z), of the same shape.</param>
    /// <param name="mix">e, [B], in [0, 1].</param>
    public static Tensor GradientPenalty(Module critic, Tensor real, Tensor fake, Tensor mix)
    {
        long[] perSample = [-1, .. Enumerable.Repeat(1L, real.Shape.Length - 1)];
        var u = fake.Lerp(real, mix.Reshape(perSample)).Detach(); // [B, …]
        u.RequiresGrad = true;
        var slope = Autograd.Grad([critic.Forward(u).Sum()], [u], createGraph: true)[0]!; // [B, …]
        return (slope.Flatten(1).Norm([1]) - 1).Square().Mean();
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">A trick was asked for that ties the images of a batch together.</exception>
    protected override void BuildParts()
    {
        if (options.Tricks.MinibatchKernels > 0) throw new InputException($"{Card.Name} draws the critic's slope at each image to 1, and 'minibatchKernels' ties the images of a batch together; leave it out");
        base.BuildParts();
    }

    /// <inheritdoc/>
    protected override Optimizer OptimizerOf(Tensor[] parameters, double learningRate) => new Adam(parameters, learningRate, options.Beta1, options.Beta2);

    /// <inheritdoc/>
    protected override Tensor PenaltyOfD(Tensor real, Tensor fake) =>
        options.Penalty * GradientPenalty(Discriminator, real, fake, Tensor.Rand([real.Size(0)], device: Device));
}
