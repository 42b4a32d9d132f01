using Understudy.Data;
using Understudy.Torch;

namespace Understudy.Generation.Gan;

/// <summary>What the Wasserstein GANs share: a critic with a linear score and no batch norm, trained several steps for one of the generator.</summary>
/// <remarks>By Kantorovich and Rubinstein's duality, over critics of Lipschitz constant 1: L_D = -E D(x) + E D(G(z)), L_G = -E D(G(z)).</remarks>
public abstract class WassersteinGan(LossGanOptions options, int criticSteps, ImageShape shape, IReadOnlyList<string> classNames) : PlainGan(options, options.Network, shape, classNames)
{
    /// <inheritdoc/>
    protected sealed override int BatchesPerStep => criticSteps;

    /// <inheritdoc/>
    protected sealed override bool IsNormalized => false;

    /// <summary>The critic's loss, minus the distance, has no value at which the game is over.</summary>
    protected sealed override double? CollapsedLoss => null;

    /// <inheritdoc/>
    protected internal sealed override Tensor LossOfD(Tensor real, Tensor fake) => -real.Mean() + fake.Mean();

    /// <inheritdoc/>
    protected internal sealed override Tensor LossOfG(Tensor fake) => -fake.Mean();
}
