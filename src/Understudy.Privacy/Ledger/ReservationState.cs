using System.Collections.Immutable;
using Understudy.Privacy.Ledger.Rows;

namespace Understudy.Privacy.Ledger;

/// <summary>What a reservation has come to.</summary>
internal sealed record ReservationState(StepsReserved Reserved, bool IsFixedInAdvance, bool IsReleased, ImmutableArray<PlanState> Plans)
{
    /// <exception cref="FormatException">There is no such plan.</exception>
    public ReservationState Change(string label, Func<PlanState, PlanState> change)
    {
        for (var i = 0; i < Plans.Length; i++)
            if (Plans[i].Plan.Label == label) return this with { Plans = Plans.SetItem(i, change(Plans[i])) };
        throw new FormatException($"reservation {Reserved.Number} has no plan '{label}'.");
    }

    /// <summary>Gives back what was not spent. Before any result exists, what was fixed in advance shrinks with it.</summary>
    public ReservationState Release(bool hasSpent) =>
        this with { IsReleased = true, Plans = [.. Plans.Select(p => p with { Granted = p.Spent, Fixed = hasSpent ? p.Fixed : 0 })] };

    public LedgerUse ToUse() => new(
        Reserved.Number,
        Reserved.Time,
        Reserved.Run,
        IsFixedInAdvance,
        IsReleased,
        [.. Plans.Select(p => new LedgerPlanUse(p.Plan.Label, p.Plan.Event, p.Granted, p.Spent))]);
}
