namespace Understudy.Privacy.Events;

/// <summary>The same event, several times on the same data, each run with fresh randomness.</summary>
/// <param name="Event">One run.</param>
/// <param name="Count">How many runs, 0 or more.</param>
public sealed record SelfComposedEvent(PrivacyEvent Event, long Count) : PrivacyEvent
{
    /// <summary>How many runs, 0 or more.</summary>
    public long Count { get; } = Require.AtLeast(0, Count);
}
