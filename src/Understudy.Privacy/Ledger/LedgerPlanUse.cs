using System.Text.Json.Serialization;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Ledger;

/// <summary>How far a plan has come.</summary>
/// <param name="Label">What the run calls it.</param>
/// <param name="Event">One step.</param>
/// <param name="Reserved">Steps reserved, extensions included; after a release, what had been spent.</param>
/// <param name="Spent">Steps recorded as spent, each before it ran.</param>
public sealed record LedgerPlanUse(string Label, [property: JsonConverter(typeof(PrivacyEventConverter))] PrivacyEvent Event, long Reserved, long Spent);
