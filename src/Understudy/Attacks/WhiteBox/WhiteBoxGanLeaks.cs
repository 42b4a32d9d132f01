using Understudy.Data;
using Understudy.Generation;
using Understudy.Sampling.Inversion;

namespace Understudy.Attacks.WhiteBox;

/// <summary>
/// GAN-Leaks with white-box access: the nearest image that the generator can make at all, found by gradient descent through it (Chen, Yu, Zhang and Fritz,
/// "GAN-Leaks: a taxonomy of membership inference attacks against generative models", CCS 2020, section 5.5).
/// </summary>
/// <param name="options">How many records, and how long; null for the defaults.</param>
public sealed class WhiteBoxGanLeaks(WhiteBoxGanLeaksOptions? options = null) : WhiteBoxAttack
{
    private readonly WhiteBoxGanLeaksOptions _options = options ?? new WhiteBoxGanLeaksOptions();

    /// <inheritdoc/>
    public override AttackCard Card => new(
        "gan-leaks-white-box", "Chen, Yu, Zhang, Fritz: GAN-Leaks, CCS 2020, arXiv 1909.03935", "generator", NeedsReference: false, "-min over z of |x - G(z)|², by gradient descent");

    /// <inheritdoc/>
    public override int MostMembers => _options.Records;

    /// <inheritdoc/>
    public override bool Suits(Synthesizer model, bool hasDiscriminator) => model is ILatentSynthesizer;

    /// <inheritdoc/>
    public override double[] Score(Synthesizer model, ImageSet candidates, ulong seed)
    {
        using var generator = ((ILatentSynthesizer)model).OpenLatents();
        var inversion = new InversionOptions { Iterations = _options.Iterations, Restarts = _options.Restarts, CorrectionIterations = 0 };
        return Array.ConvertAll(new GeneratorInversion(generator, inversion).Invert(candidates, seed).Errors, error => -error);
    }
}
