namespace Understudy.Privacy.Events;

/// <summary>An access that nobody has analysed. Every accountant refuses it; a ledger lists it.</summary>
/// <param name="Reason">What was read and why it is not covered, for the reader of the refusal.</param>
public sealed record UnaccountedEvent(string Reason) : PrivacyEvent;
