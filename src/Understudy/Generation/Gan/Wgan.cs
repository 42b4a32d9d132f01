using Understudy.Data;
using Understudy.Generation.Networks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;

namespace Understudy.Generation.Gan;

/// <summary>WGAN: a critic measures the Wasserstein distance, its weights clipped so that it cannot be steep. Its samples carry no labels.</summary>
/// <remarks>
/// Arjovsky, Chintala, Bottou, ICML 2017, 1701.07875, algorithm 1: L_D = -E D(x) + E D(G(z)), then w ← clip(w, -c, c); L_G = -E D(G(z)); RMSprop.
/// </remarks>
public sealed class Wgan(WganOptions options, ImageShape shape, IReadOnlyList<string> classNames) : WassersteinGan(options, options.CriticSteps, shape, classNames)
{
    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "wgan", "Arjovsky, Chintala, Bottou: Wasserstein Generative Adversarial Networks, ICML 2017, arXiv 1701.07875", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <inheritdoc/>
    /// <exception cref="InputException">The critic without a linear layer is asked for, and networks that are not convolutional.</exception>
    protected override Module BuildDiscriminator()
    {
        if (!options.ReproduceQuirk) return base.BuildDiscriminator();
        return options.Network == Architecture.Convolutional
            ? Initialized(FeatureDiscriminator.WithoutHead(Shape, options.Width))
            : throw new InputException($"'reproduceQuirk' of {Card.Name} is the mean of convolutional features; leave out 'network'");
    }

    /// <inheritdoc/>
    protected override Optimizer OptimizerOf(Tensor[] parameters, double learningRate) => new RmsProp(parameters, learningRate);

    /// <inheritdoc/>
    protected override void AfterStepOfD()
    {
        using var noGrad = Autograd.NoGrad();
        foreach (var weight in Discriminator.Parameters) weight.ClampInPlace(-options.Clip, options.Clip);
    }
}
