using Understudy.Attacks.Features;
using Understudy.Data;

namespace Understudy.Attacks;

/// <summary>
/// GAN-Leaks, calibrated: the distance to the release less the distance to reference data, so that records which are near to everything
/// do not pass for members (Chen et al., CCS 2020, section 5.5; with reference data in place of a reference generator, as in van Breugel
/// et al., "Membership inference attacks against synthetic data through overfitting detection", AISTATS 2023).
/// </summary>
/// <param name="options">In which features; null for pixels.</param>
public sealed class CalibratedGanLeaks(GanLeaksOptions? options = null) : Attack
{
    private readonly GanLeaksOptions _options = options ?? new GanLeaksOptions();

    /// <inheritdoc/>
    public override AttackCard Card => new("gan-leaks-calibrated", "Chen, Yu, Zhang, Fritz: GAN-Leaks, CCS 2020, arXiv 1909.03935", "dataset",
        NeedsReference: true, $"-(min over g in S of d(x, g) - min over r in R of d(x, r)), d in {_options.FeatureName}");

    /// <inheritdoc/>
    /// <exception cref="InputException">There is no reference.</exception>
    public override double[] Score(ImageSet released, ImageSet candidates, ImageSet? reference, ulong seed)
    {
        var known = RequireReference(reference);
        using var space = FeatureSpace.Create(_options, released, known, seed);
        return [.. space.NearestDistances(candidates, released).Zip(space.NearestDistances(candidates, known), (s, r) => r - s)];
    }
}
