using Understudy.Data;
using Understudy.Generation;

namespace Understudy.Attacks.WhiteBox;

/// <summary>
/// LOGAN with white-box access: the target's own discriminator, which was taught to tell members from samples, finds those that it was shown most real
/// (Hayes, Melis, Danezis and De Cristofaro, "LOGAN: membership inference attacks against generative models", PoPETs 2019, section 4.2).
/// </summary>
public sealed class WhiteBoxLogan : WhiteBoxAttack
{
    /// <inheritdoc/>
    public override AttackCard Card => new(
        "logan-white-box", "Hayes, Melis, Danezis, De Cristofaro: LOGAN, PoPETs 2019, arXiv 1705.07663", "networks", NeedsReference: false, "D(x), the logit of the target's own discriminator");

    /// <inheritdoc/>
    public override bool Suits(Synthesizer model, bool hasDiscriminator) => model is IJudgesImages && hasDiscriminator;

    /// <inheritdoc/>
    public override double[] Score(Synthesizer model, ImageSet candidates, ulong seed) => ((IJudgesImages)model).Judge(candidates);
}
