namespace Understudy.Privacy.Events;

/// <summary>Releases something with no guarantee: ε is infinite.</summary>
public sealed record NonPrivateEvent : PrivacyEvent;
