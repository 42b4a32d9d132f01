using System.Collections.Immutable;
using Understudy.Privacy.Ledger.Rows;

namespace Understudy.Privacy.Ledger;

/// <summary>What an account's rows add up to. Immutable: one more row gives another state.</summary>
internal sealed record AccountState
{
    /// <summary>An account before its first row.</summary>
    public static readonly AccountState Empty = new();

    /// <summary>The first row; what the account is about.</summary>
    public AccountOpened? Opened { get; private init; }

    /// <summary>The cap in force.</summary>
    public double? Cap { get; private init; }

    /// <summary>Every reservation by its number.</summary>
    public ImmutableSortedDictionary<long, ReservationState> Reservations { get; private init; } = ImmutableSortedDictionary<long, ReservationState>.Empty;

    /// <summary>Every unaccounted read, in order.</summary>
    public ImmutableList<UnaccountedRead> Unaccounted { get; private init; } = [];

    /// <summary>The order that the filter prefers, chosen before any result.</summary>
    public double? PreferredOrder { get; private init; }

    /// <summary>Whether any step has been spent, so that results may exist.</summary>
    public bool HasSpent { get; private init; }

    /// <summary>Whether anything was reserved when results may have existed, so that it may have been chosen by them.</summary>
    public bool HasLaterGrants { get; private init; }

    /// <summary>Whether the cap was set after the last steps were granted, so that they may exceed it.</summary>
    public bool IsCapNewer { get; private init; }

    /// <summary>What counts against the cap.</summary>
    public IEnumerable<Charge> Reserved => All(plan => plan.Granted);

    /// <summary>What has been spent.</summary>
    public IEnumerable<Charge> Spent => All(plan => plan.Spent);

    /// <summary>What was reserved before anything was spent, and not given back before that: the plans that cannot depend on results.</summary>
    public IEnumerable<Charge> FixedInAdvance =>
        Reservations.Values.Where(r => r.IsFixedInAdvance).SelectMany(r => r.Plans).Select(p => new Charge(p.Plan.Event, p.Fixed));

    /// <summary>The reservation that a run holds, if any.</summary>
    public ReservationState? HeldBy(string run) => Reservations.Values.LastOrDefault(r => r.Reserved.Run == run && !r.IsReleased);

    /// <summary>The state after one more row.</summary>
    /// <exception cref="FormatException">The row does not fit what came before.</exception>
    public AccountState With(LedgerEntry entry)
    {
        if (Opened is null != entry is AccountOpened) throw new FormatException("an account's first row, and no other, opens it.");
        switch (entry)
        {
            case AccountOpened opened:
                return this with { Opened = opened };
            case CapSet cap:
                if (!double.IsFinite(cap.Cap) || cap.Cap < 0) throw new FormatException($"a cap of {cap.Cap} is none.");
                if (cap.IsRaised != Cap < cap.Cap) throw new FormatException($"a cap of {cap.Cap} after one of {Cap} is {(cap.IsRaised ? "not raised" : "raised, and not said to be")}.");
                return this with { Cap = cap.Cap, IsCapNewer = true };
            case StepsReserved reserved:
                if (reserved.Plans.Count == 0 || reserved.Plans.Select(p => p.Label).Distinct().Count() < reserved.Plans.Count)
                    throw new FormatException("a reservation has plans, each of its own label.");
                if (reserved.Order is { } order && !(order > 1 && double.IsFinite(order))) throw new FormatException($"{order} is no Rényi order.");
                var reservation = new ReservationState(reserved, IsFixedInAdvance: !HasSpent, IsReleased: false, [.. reserved.Plans.Select(PlanState.Of)]);
                return this with
                {
                    Reservations = Reservations.Add(reserved.Number, reservation),
                    PreferredOrder = PreferredOrder ?? (HasSpent ? null : reserved.Order),
                    HasLaterGrants = HasLaterGrants || HasSpent,
                    IsCapNewer = false,
                };
            case StepsAdded added:
                return Change(added.Reservation, r => r.Change(added.Plan, p => p.Add(added.Steps))) with
                {
                    HasLaterGrants = true,
                    IsCapNewer = false,
                };
            case StepsSpent spent:
                return Change(spent.Reservation, r => r.Change(spent.Plan, p => p.Spend(spent.Steps))) with { HasSpent = true };
            case ReservationReleased released:
                return Change(released.Reservation, r => r.Release(HasSpent));
            case UnaccountedRead read:
                return this with { Unaccounted = Unaccounted.Add(read) };
            default:
                throw new FormatException($"{entry.GetType().Name} is not a row that this version knows.");
        }
    }

    private IEnumerable<Charge> All(Func<PlanState, long> count) =>
        Reservations.Values.SelectMany(r => r.Plans).Select(p => new Charge(p.Plan.Event, count(p)));

    private AccountState Change(long number, Func<ReservationState, ReservationState> change) =>
        Reservations.TryGetValue(number, out var reservation) && !reservation.IsReleased
            ? this with { Reservations = Reservations.SetItem(number, change(reservation)) }
            : throw new FormatException($"there is no reservation {number} to change.");
}
