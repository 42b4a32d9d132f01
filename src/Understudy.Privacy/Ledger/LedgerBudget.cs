using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;

namespace Understudy.Privacy.Ledger;

/// <summary>
/// What an account's steps cost and what its cap still allows. Reservations made before anything was spent cannot depend on results: the
/// tightest accountant holds for them together. As soon as something is granted later, only the filter holds, for everything. What it has
/// computed it remembers; nothing here is state of the account.
/// </summary>
internal sealed class LedgerBudget
{
    private const string FilterName = "Rényi filter";
    private const int MostRemembered = 200;

    private readonly Dictionary<NeighbouringRelation, RenyiFilter> filters = [];
    private readonly Dictionary<(NeighbouringRelation, double, PrivacyEvent), EpsilonBracket> brackets = [];

    /// <summary>Refuses plans that the cap does not allow.</summary>
    /// <exception cref="LedgerCapException">The total would pass the cap.</exception>
    public void CheckReservation(AccountState state, IReadOnlyList<Charge> asked, double? preferred)
    {
        if (state.Cap is not { } cap) return;
        var all = Merge(state.Reserved.Concat(asked));
        var filtered = Filter(state, all, preferred);
        if (state.HasSpent)
        {
            CheckLater(state, asked, filtered);
            return;
        }
        if (filtered <= cap) return;
        var bracket = Tightest(state, all);
        if (bracket.Upper.Value > cap) throw Refuse(state, asked, bracket.Upper.Value, bracket.Method);
    }

    /// <summary>Refuses more steps of a plan that the cap does not allow.</summary>
    /// <exception cref="LedgerCapException">The total would pass the cap.</exception>
    public void CheckExtension(AccountState state, Charge asked)
    {
        if (state.Cap is not null) CheckLater(state, [asked], Filter(state, Merge(state.Reserved.Append(asked)), state.PreferredOrder));
    }

    /// <summary>Refuses to spend steps that were granted under a higher cap than there is now.</summary>
    /// <exception cref="LedgerCapException">What is spent would pass the cap.</exception>
    public void CheckSpending(AccountState state, Charge asked)
    {
        if (state.Cap is not { } cap || !state.IsCapNewer || BoundOf(state, state.Reserved).Epsilon <= cap) return;
        var total = Filter(state, Merge(state.Spent.Append(asked)), state.PreferredOrder);
        if (total > cap) throw Refuse(state, [asked], total, FilterName);
    }

    /// <summary>The order for an account's filter to prefer, at its first reservation.</summary>
    public double? PreferredOrder(AccountState state, IReadOnlyList<Charge> asked) =>
        state.HasSpent ? state.PreferredOrder : state.PreferredOrder ?? FilterFor(state).PreferredOrder(Merge(asked), state.Opened!.Delta, state.Cap);

    /// <summary>What some of the account's steps cost.</summary>
    public LedgerTotal TotalOf(AccountState state, IEnumerable<Charge> charges)
    {
        var (epsilon, method) = BoundOf(state, charges);
        var planned = Tightest(state, Merge(charges));
        return new LedgerTotal(Math.Min(planned.Lower.Value, epsilon), epsilon, method, Math.Min(planned.Upper.Value, epsilon));
    }

    private void CheckLater(AccountState state, IReadOnlyList<Charge> asked, double filtered)
    {
        // Where only the tightest accountant allowed the plans fixed in advance, giving some of them back leaves nothing for others: which
        // steps run would depend on results, and that accountant says nothing about such a choice.
        var total = Math.Max(filtered, Filter(state, Merge(state.FixedInAdvance), state.PreferredOrder));
        if (total > state.Cap) throw Refuse(state, asked, total, FilterName);
    }

    /// <summary>What holds for some of the account's steps: the filter, and the plans fixed in advance as long as there are no others.</summary>
    private (double Epsilon, string Method) BoundOf(AccountState state, IEnumerable<Charge> charges)
    {
        var filtered = Filter(state, Merge(charges), state.PreferredOrder);
        if (state.HasLaterGrants) return (filtered, FilterName);
        var planned = Tightest(state, Merge(state.FixedInAdvance));
        return planned.Upper.Value <= filtered ? (planned.Upper.Value, planned.Method) : (filtered, FilterName);
    }

    private LedgerCapException Refuse(AccountState state, IReadOnlyList<Charge> asked, double total, string method)
    {
        var spent = BoundOf(state, state.Spent).Epsilon;
        var reserved = BoundOf(state, state.Reserved).Epsilon;
        var alone = Tightest(state, Merge(asked)).Upper.Value;
        var together = double.IsFinite(total) ? $"together {Show(total)} by the {method}" : $"and together no bound is known to the {method}";
        return new LedgerCapException(
            $"data set {state.Opened!.Fingerprint[..12]}: the cap of epsilon {Show(state.Cap!.Value)} at delta {Show(state.Opened.Delta)} would be passed: "
            + $"{Show(spent)} is spent, {Show(reserved)} reserved with it, {Show(alone)} asked for, {together}; take fewer steps or more noise",
            new Epsilon(spent), new Epsilon(reserved), new Epsilon(alone), new Epsilon(total), new Epsilon(state.Cap.Value));
    }

    private EpsilonBracket Tightest(AccountState state, IReadOnlyList<Charge> merged)
    {
        var whole = new ComposedEvent([.. merged.Select(c => c.Event.Times(c.Count))]);
        var key = (state.Opened!.Relation, state.Opened.Delta, whole);
        if (brackets.TryGetValue(key, out var known)) return known;
        if (brackets.Count == MostRemembered) brackets.Clear();
        return brackets[key] = new TightestAccountant(state.Opened.Relation).EpsilonAt(whole, new Delta(state.Opened.Delta));
    }

    private double Filter(AccountState state, IReadOnlyList<Charge> merged, double? preferred) => FilterFor(state).EpsilonOf(merged, state.Opened!.Delta, preferred);

    private RenyiFilter FilterFor(AccountState state)
    {
        var relation = state.Opened!.Relation;
        return filters.TryGetValue(relation, out var filter) ? filter : filters[relation] = new RenyiFilter(relation);
    }

    /// <summary>The distinct events with their counts.</summary>
    private static List<Charge> Merge(IEnumerable<Charge> charges)
    {
        var counts = new OrderedDictionary<PrivacyEvent, long>();
        foreach (var (privacyEvent, count) in charges)
        {
            if (count > 0) counts[privacyEvent] = checked(counts.GetValueOrDefault(privacyEvent) + count);
        }
        return [.. counts.Select(c => new Charge(c.Key, c.Value))];
    }

    private static string Show(double value) => value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture);
}
