using Understudy.Data;
using Understudy.Torch;
using F = Understudy.Torch.Functional;

namespace Understudy.Generation.Gan;

/// <summary>f-GAN: any f-divergence, lowered through its variational bound. Its samples carry no labels.</summary>
/// <remarks>
/// Nowozin, Cseke, Tomioka, NIPS 2016, 1606.00709, equation 6 and table 6, V the score, g its activation, f* the conjugate:
/// L_D = -E g(V(x)) + E f*(g(V(G(z)))), L_G = -E g(V(G(z))), the form that does not saturate (section 3.2), or -E f*(g(V(G(z)))), where that is asked for.
/// </remarks>
public sealed class FGan(FGanOptions options, ImageShape shape, IReadOnlyList<string> classNames) : PlainGan(options, options.Network, shape, classNames)
{
    private const double LogTwo = 0.693147180559945309;

    /// <summary>What the method is.</summary>
    public static MethodCard MethodCard { get; } = new(
        "fgan", "Nowozin, Cseke, Tomioka: f-GAN: Training Generative Neural Samplers using Variational Divergence Minimization, NIPS 2016, arXiv 1606.00709", "image", MethodCard.NoGuarantee);

    /// <inheritdoc/>
    public override MethodCard Card => MethodCard;

    /// <summary>A bound on a divergence has no value at which the game is over.</summary>
    protected override double? CollapsedLoss => null;

    /// <summary>g(v), which maps a score into the domain of f*.</summary>
    public static Tensor Activation(Divergence divergence, Tensor v) => divergence switch
    {
        Divergence.KullbackLeibler or Divergence.Pearson => v,
        Divergence.ReverseKullbackLeibler => -(-v).Exp(),
        Divergence.SquaredHellinger => 1 - (-v).Exp(),
        Divergence.JensenShannon => LogTwo - F.Softplus(-v),
        Divergence.Gan => -F.Softplus(-v),
        _ => throw new ArgumentOutOfRangeException(nameof(divergence)),
    };

    /// <summary>f*(g(v)), simplified so that nothing overflows that need not.</summary>
    public static Tensor ConjugateOfActivation(Divergence divergence, Tensor v) => divergence switch
    {
        Divergence.KullbackLeibler => (v - 1).Exp(), // f*(t) = exp(t - 1)
        Divergence.ReverseKullbackLeibler => v - 1, // f*(t) = -1 - ln(-t)
        Divergence.Pearson => (v.Square() / 4) + v, // f*(t) = t²/4 + t
        Divergence.SquaredHellinger => v.Exp() - 1, // f*(t) = t/(1 - t)
        Divergence.JensenShannon => F.Softplus(v) - LogTwo, // f*(t) = -ln(2 - exp t)
        Divergence.Gan => F.Softplus(v), // f*(t) = -ln(1 - exp t)
        _ => throw new ArgumentOutOfRangeException(nameof(divergence)),
    };

    /// <inheritdoc/>
    protected internal override Tensor LossOfD(Tensor real, Tensor fake) =>
        -Activation(options.Divergence, real).Mean() + ConjugateOfActivation(options.Divergence, fake).Mean();

    /// <inheritdoc/>
    protected internal override Tensor LossOfG(Tensor fake) =>
        -(options.Saturating ? ConjugateOfActivation(options.Divergence, fake) : Activation(options.Divergence, fake)).Mean();
}
