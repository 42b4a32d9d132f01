using Understudy.Privacy.Events;

namespace Understudy.Privacy.Ledger;

/// <summary>An event and how often it counts.</summary>
internal readonly record struct Charge(PrivacyEvent Event, long Count);
