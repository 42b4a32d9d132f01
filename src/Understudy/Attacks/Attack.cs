using Understudy.Data;

namespace Understudy.Attacks;

/// <summary>A membership attack on a released dataset. It sees what an adversary sees; who is a member is not part of it.</summary>
public abstract class Attack
{
    /// <summary>What the attack is.</summary>
    public abstract AttackCard Card { get; }

    /// <summary>Scores candidates; a larger score means "more likely a member".</summary>
    /// <param name="released">The synthetic images, exactly as released.</param>
    /// <param name="candidates">N images, in an order that says nothing.</param>
    /// <param name="reference">Real images that the adversary knows, none of them a candidate; null for an attack that needs none.</param>
    /// <param name="seed">Same seed, same scores.</param>
    /// <returns>[N] scores, none NaN.</returns>
    public abstract double[] Score(ImageSet released, ImageSet candidates, ImageSet? reference, ulong seed);

    /// <summary>The reference images of an attack that cannot do without.</summary>
    /// <exception cref="InputException">There are none.</exception>
    protected internal ImageSet RequireReference(ImageSet? reference) => reference is { Count: > 0 }
        ? reference
        : throw new InputException($"the attack {Card.Name} needs reference images; give some, or use {GanLeaks.Name}");
}
