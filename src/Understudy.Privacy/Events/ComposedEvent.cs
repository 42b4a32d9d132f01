namespace Understudy.Privacy.Events;

/// <summary>Several events on the same data, each with fresh randomness; later ones may depend on earlier releases, but not on private data otherwise.</summary>
/// <param name="Events">In any order; the privacy cost does not depend on it.</param>
public sealed record ComposedEvent(IReadOnlyList<PrivacyEvent> Events) : PrivacyEvent
{
    /// <summary>The parts.</summary>
    public IReadOnlyList<PrivacyEvent> Events { get; } = [.. Events];

    /// <summary>Equal in value, part by part.</summary>
    public bool Equals(ComposedEvent? other) => other is not null && Events.SequenceEqual(other.Events);

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(ComposedEvent)} [{string.Join(", ", Events)}]";

    /// <inheritdoc/>
    public override int GetHashCode() => Events.Aggregate(Events.Count, HashCode.Combine);
}
