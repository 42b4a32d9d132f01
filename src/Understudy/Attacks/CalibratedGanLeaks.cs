using Understudy.Data;

namespace Understudy.Attacks;

/// <summary>
/// GAN-Leaks, calibrated: the distance to the release less the distance to reference data, so that records which are near to everything
/// do not pass for members (Chen et al., CCS 2020, section 5.5; with reference data in place of a reference generator, as in van Breugel
/// et al., "Membership inference attacks against synthetic data through overfitting detection", AISTATS 2023).
/// </summary>
public sealed class CalibratedGanLeaks : Attack
{
    /// <summary>The card of every instance.</summary>
    public static AttackCard Description { get; } = new("gan-leaks-calibrated",
        "Chen, Yu, Zhang, Fritz: GAN-Leaks, CCS 2020, arXiv 1909.03935", "dataset", NeedsReference: true,
        "-(min over g in S of d(x, g) - min over r in R of d(x, r))");

    /// <inheritdoc/>
    public override AttackCard Card => Description;

    /// <inheritdoc/>
    /// <exception cref="InputException">There is no reference.</exception>
    public override double[] Score(ImageSet released, ImageSet candidates, ImageSet? reference, ulong seed)
    {
        if (reference is null) throw new InputException($"the attack {Card.Name} needs reference images; give some, or use {GanLeaks.Description.Name}");
        var toReference = GanLeaks.Distances(candidates, reference);
        return [.. GanLeaks.Distances(candidates, released).Zip(toReference, (s, r) => r - s)];
    }
}
