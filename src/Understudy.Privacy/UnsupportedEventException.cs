using Understudy.Privacy.Events;

namespace Understudy.Privacy;

/// <summary>An accountant was given an event that it cannot account for under its neighbouring relation. No number is better than a wrong one.</summary>
public sealed class UnsupportedEventException : NotSupportedException
{
    /// <summary>Says which event was refused, by whom and why.</summary>
    /// <param name="privacyEvent">The innermost event that cannot be accounted for.</param>
    /// <param name="reason">Why, and what would be right.</param>
    public UnsupportedEventException(PrivacyEvent privacyEvent, string reason)
        : base($"{privacyEvent}: {reason}") => Event = privacyEvent;

    /// <summary>The innermost event that cannot be accounted for.</summary>
    public PrivacyEvent Event { get; }
}
