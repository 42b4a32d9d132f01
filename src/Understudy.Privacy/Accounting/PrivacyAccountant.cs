using Understudy.Privacy.Events;

namespace Understudy.Privacy.Accounting;

/// <summary>
/// Turns events into an (ε, δ) statement. An accountant holds no state: what has been composed is in the event. It refuses what it cannot
/// account for; a refusal of any part refuses the whole.
/// </summary>
public abstract class PrivacyAccountant
{
    /// <summary>Fixes the neighbouring relation.</summary>
    protected PrivacyAccountant(NeighbouringRelation relation) => Relation = Enum.IsDefined(relation)
        ? relation
        : throw new ArgumentOutOfRangeException(nameof(relation));

    /// <summary>Which data sets the guarantee compares.</summary>
    public NeighbouringRelation Relation { get; }

    /// <summary>Checks the whole tree of an event.</summary>
    /// <exception cref="UnsupportedEventException">Some part cannot be accounted for under <see cref="Relation"/>.</exception>
    public abstract void Check(PrivacyEvent privacyEvent);

    /// <summary>Whether the whole tree of an event can be accounted for.</summary>
    public bool Supports(PrivacyEvent privacyEvent)
    {
        try
        {
            Check(privacyEvent);
            return true;
        }
        catch (UnsupportedEventException)
        {
            return false;
        }
    }

    /// <summary>ε at a given δ.</summary>
    /// <exception cref="UnsupportedEventException">Some part cannot be accounted for under <see cref="Relation"/>.</exception>
    public abstract EpsilonBracket EpsilonAt(PrivacyEvent privacyEvent, Delta delta);

    /// <summary>δ at a given ε.</summary>
    /// <exception cref="UnsupportedEventException">Some part cannot be accounted for under <see cref="Relation"/>.</exception>
    public abstract DeltaBracket DeltaAt(PrivacyEvent privacyEvent, Epsilon epsilon);
}
