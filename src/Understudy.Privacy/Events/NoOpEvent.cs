namespace Understudy.Privacy.Events;

/// <summary>Touches no private record.</summary>
public sealed record NoOpEvent : PrivacyEvent;
