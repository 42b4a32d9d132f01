using System.Text.Json.Serialization;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Ledger;

/// <summary>Steps that a run means to take: the same private event, so many times.</summary>
/// <param name="Label">What the run calls it; unique within a reservation.</param>
/// <param name="Event">One step.</param>
/// <param name="Steps">How many steps, from 1 to 10¹⁵.</param>
public sealed record LedgerPlan(string Label, [property: JsonConverter(typeof(PrivacyEventConverter))] PrivacyEvent Event, long Steps)
{
    internal const long MostSteps = 1_000_000_000_000_000;

    private const int LongestLabel = 200;

    /// <summary>What the run calls it.</summary>
    public string Label { get; } = Require.Name(Label, LongestLabel);

    /// <summary>How many steps, from 1 to 10¹⁵.</summary>
    public long Steps { get; } = CheckSteps(Steps);

    internal static long CheckSteps(long steps) => steps is >= 1 and <= MostSteps
        ? steps
        : throw new ArgumentOutOfRangeException(nameof(steps), $"steps is {steps}; it must lie between 1 and {MostSteps}.");
}
