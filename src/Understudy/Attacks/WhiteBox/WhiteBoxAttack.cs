using Understudy.Data;
using Understudy.Generation;

namespace Understudy.Attacks.WhiteBox;

/// <summary>A membership attack by who holds released networks, and not only what they draw.</summary>
public abstract class WhiteBoxAttack
{
    /// <summary>What the attack is.</summary>
    public abstract AttackCard Card { get; }

    /// <summary>Members that are tried at most, and as many non-members: for an attack that is dear for each.</summary>
    public virtual int MostMembers => int.MaxValue;

    /// <summary>Whether a method's networks are of the kind that the attack asks.</summary>
    /// <param name="model">The fitted method.</param>
    /// <param name="hasDiscriminator">Whether its discriminator is released too.</param>
    public abstract bool Suits(Synthesizer model, bool hasDiscriminator);

    /// <summary>Scores candidates; a larger score means "more likely a member".</summary>
    /// <param name="model">The released networks.</param>
    /// <param name="candidates">N images, in an order that says nothing, with their classes where there are any: who asks about a record knows it.</param>
    /// <param name="seed">Same seed, same scores.</param>
    /// <returns>[N] scores, none NaN.</returns>
    public abstract double[] Score(Synthesizer model, ImageSet candidates, ulong seed);
}
