using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Noise;

namespace Understudy.Privacy.Mechanisms;

/// <summary>
/// One private release: sensitivity, noise, neighbouring relation and event in one object, so that none can disagree with another. It releases
/// once. Its event is known before and holds all that it can ever cost, so adding up the events of mechanisms never falls short; who wants a second
/// release makes, and adds up, a second mechanism.
/// </summary>
public abstract class Mechanism
{
    private readonly NoiseSource? source;
    private bool isSpent;

    /// <param name="relation">Which data sets the guarantee compares.</param>
    /// <param name="source">For tests; null draws a fresh key from the operating system for the release.</param>
    private protected Mechanism(NeighbouringRelation relation, NoiseSource? source)
    {
        Relation = Enum.IsDefined(relation) ? relation : throw new ArgumentOutOfRangeException(nameof(relation));
        this.source = source;
    }

    /// <summary>Which data sets the guarantee compares.</summary>
    public NeighbouringRelation Relation { get; }

    /// <summary>What the release costs, to be accounted for under <see cref="Relation"/>.</summary>
    public abstract PrivacyEvent Event { get; }

    /// <summary>Whether nobody can know the noise; otherwise what is released is NOT PRIVATE.</summary>
    public bool IsPrivate => source?.IsPrivate ?? true;

    /// <summary>Whether the release has been made, or was attempted and failed.</summary>
    public bool IsSpent => Volatile.Read(ref isSpent);

    /// <summary>The ε of the release at a given δ, under <see cref="Relation"/>.</summary>
    public EpsilonBracket EpsilonAt(Delta delta) => new TightestAccountant(Relation).EpsilonAt(Event, delta);

    /// <summary>Hands out the noise of the release, to be disposed of after it.</summary>
    /// <exception cref="InvalidOperationException">For the second time.</exception>
    private protected NoiseSource Spend() => Interlocked.Exchange(ref isSpent, true)
        ? throw new InvalidOperationException("this mechanism has made its release; make another mechanism, and account for both.")
        : source ?? new SystemNoiseSource();

    /// <summary>Refuses values that no sum of bounded contributions can have, before anything is spent or changed.</summary>
    private protected static void RequireFinite(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            if (!double.IsFinite(value)) throw new ArgumentException("a value to release is infinite or not a number.", nameof(values));
    }
}
