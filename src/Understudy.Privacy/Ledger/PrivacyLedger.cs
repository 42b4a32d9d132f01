using System.Data.Common;
using System.Net.Sockets;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger.Rows;
using Understudy.Privacy.Ledger.Storage;

namespace Understudy.Privacy.Ledger;

/// <summary>
/// What has been spent on private data sets, by all runs of all processes that share it. It never shows less than was spent: steps are
/// reserved before the first record is read, and recorded as spent before they run. Rows are only added, each chained to the one before by a
/// hash; every use of an account checks its whole chain the first time and what was added after that. Members may be called from several threads.
/// </summary>
public sealed class PrivacyLedger : IDisposable
{
    private readonly LedgerStore store;
    private readonly TimeProvider time;
    private readonly LedgerBudget budget = new();
    private readonly Dictionary<string, StoredAccount> accounts = [];
    private readonly Lock gate = new();

    private PrivacyLedger(LedgerStore store, TimeProvider time)
    {
        this.store = store;
        this.time = time;
    }

    /// <summary>Where the ledger is, without any password.</summary>
    public string Location => store.Name;

    /// <summary>Opens a ledger, and makes it where there is none.</summary>
    /// <param name="location">A file (SQLite), or a connection string or <c>postgres://</c> address of a PostgreSQL database.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <exception cref="LedgerException">It cannot be opened.</exception>
    public static PrivacyLedger Open(string location, TimeProvider? time = null) => Open(LedgerLocation.Store(location), time);

    /// <summary>Opens a ledger to look at, where there is one.</summary>
    /// <param name="location">As for <see cref="Open(string, TimeProvider?)"/>.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <exception cref="LedgerException">There is none, or it cannot be opened.</exception>
    public static PrivacyLedger OpenExisting(string location, TimeProvider? time = null)
    {
        var found = LedgerLocation.Store(location);
        return found.IsThere ? Open(found, time) : throw new LedgerException($"{found.Name}: there is no ledger; the first run that spends a privacy budget makes one");
    }

    /// <summary>Makes an account where there is none, and sets its cap where the given one is lower.</summary>
    /// <param name="account">The account.</param>
    /// <param name="run">By whom.</param>
    /// <exception cref="LedgerException">The account exists under another unit, relation or δ.</exception>
    public void OpenAccount(LedgerAccount account, string run) => Change(account.Fingerprint, run, draft => Enter(draft, account));

    /// <summary>
    /// Reserves steps for a run, before the first record is read, or takes up the reservation that the run holds already, whoever made it.
    /// </summary>
    /// <param name="account">Whose privacy is spent.</param>
    /// <param name="run">The run's name; whoever gives the same name takes up the same reservation.</param>
    /// <param name="plans">All that the run will do, fixed from here on.</param>
    /// <exception cref="LedgerCapException">The total would pass the cap.</exception>
    /// <exception cref="LedgerException">The account exists under another unit, relation or δ, or the run holds a reservation with other plans.</exception>
    /// <exception cref="UnsupportedEventException">A plan's event cannot be accounted for.</exception>
    public LedgerReservation Reserve(LedgerAccount account, string run, IReadOnlyList<LedgerPlan> plans)
    {
        if (plans.Count == 0) throw new ArgumentException("there must be at least one plan.");
        if (plans.Select(p => p.Label).Distinct().Count() < plans.Count) throw new ArgumentException("two plans have the same label.");
        var accountant = new TightestAccountant(account.Relation);
        foreach (var plan in plans) accountant.Check(plan.Event);
        plans = [.. plans];
        return Change(account.Fingerprint, run, draft =>
        {
            Enter(draft, account);
            if (draft.State.HeldBy(run) is { } held)
            {
                if (!held.Reserved.Plans.SequenceEqual(plans))
                    throw new LedgerException($"run '{run}' holds reservation {held.Reserved.Number} with other plans; release it first, or take another run name");
                return new LedgerReservation(this, account.Fingerprint, held.Reserved.Number, run, isResumed: true);
            }
            Charge[] asked = [.. plans.Select(p => new Charge(p.Event, p.Steps))];
            var order = budget.PreferredOrder(draft.State, asked);
            budget.CheckReservation(draft.State, asked, order);
            draft.Add((number, now) => new StepsReserved(number, now, run, plans, order));
            return new LedgerReservation(this, account.Fingerprint, draft.Length, run, isResumed: false);
        });
    }

    /// <summary>The reservation that a run holds, to spend or to release it; null where it holds none.</summary>
    public LedgerReservation? FindReservation(string fingerprint, string run) =>
        Read(fingerprint).State.HeldBy(run) is { } held ? new LedgerReservation(this, fingerprint, held.Reserved.Number, run, isResumed: true) : null;

    /// <summary>Lists a read of private records that no guarantee covers: counts, bounds, validation, metrics, a search. Listed once a run.</summary>
    /// <param name="account">Whose records.</param>
    /// <param name="run">The run.</param>
    /// <param name="what">What was read, in a few words.</param>
    /// <param name="why">What for, and why nothing covers it.</param>
    /// <exception cref="LedgerException">The account exists under another unit, relation or δ.</exception>
    public void RecordUnaccounted(LedgerAccount account, string run, string what, string why)
    {
        Require.Name(what, 200);
        Require.Name(why, 1000);
        Change(account.Fingerprint, run, draft =>
        {
            Enter(draft, account);
            if (!draft.State.Unaccounted.Any(read => read.Run == run && read.What == what && read.Why == why))
                draft.Add((number, now) => new UnaccountedRead(number, now, run, what, why));
            return true;
        });
    }

    /// <summary>Sets or lowers the cap. What is reserved already stands, but no step is spent that takes the spent total past it.</summary>
    /// <param name="fingerprint">The data set.</param>
    /// <param name="cap">Finite.</param>
    /// <param name="run">By whom.</param>
    /// <exception cref="LedgerException">There is no such account, or it has a lower cap.</exception>
    public void SetCap(string fingerprint, Epsilon cap, string run) => SetCap(fingerprint, cap, run, isRaise: false);

    /// <summary>Raises the cap, which the account shows from then on.</summary>
    /// <param name="fingerprint">The data set.</param>
    /// <param name="cap">Finite, above the present one.</param>
    /// <param name="run">By whom.</param>
    /// <exception cref="LedgerException">There is no such account, it has no cap, or the cap is no lower.</exception>
    public void RaiseCap(string fingerprint, Epsilon cap, string run) => SetCap(fingerprint, cap, run, isRaise: true);

    /// <summary>All that is held about a data set.</summary>
    /// <exception cref="LedgerException">There is no such account.</exception>
    public LedgerExtract Extract(string fingerprint)
    {
        var account = Read(fingerprint);
        lock (gate) return account.Extract(budget);
    }

    /// <summary>The fingerprints of all data sets, in alphabetical order.</summary>
    public IReadOnlyList<string> Fingerprints()
    {
        lock (gate) return Guard(store.Fingerprints);
    }

    /// <summary>Checks every row of every account from the first on, whatever was checked before.</summary>
    /// <returns>How many rows there are.</returns>
    /// <exception cref="LedgerIntegrityException">A row was changed, removed, reordered or put in.</exception>
    public long Verify()
    {
        lock (gate) accounts.Clear();
        return Fingerprints().Sum(fingerprint => Read(fingerprint).Length);
    }

    /// <inheritdoc/>
    public void Dispose() => store.Dispose();

    internal void Spend(LedgerReservation reservation, string label, long steps) => Change(reservation.Fingerprint, reservation.Run, draft =>
    {
        var (held, plan) = Find(draft.State, reservation, label);
        if (held.IsReleased) throw new LedgerException($"reservation {reservation.Number} of run '{reservation.Run}' was released; nothing can be spent from it");
        var asked = new Charge(plan.Plan.Event, steps);
        budget.CheckSpending(draft.State, asked);
        var more = steps - (plan.Granted - plan.Spent);
        if (more > 0)
        {
            budget.CheckExtension(draft.State, asked with { Count = more });
            draft.Add((number, now) => new StepsAdded(number, now, reservation.Run, reservation.Number, label, more));
        }
        return draft.Add((number, now) => new StepsSpent(number, now, reservation.Run, reservation.Number, label, steps));
    });

    internal long Remaining(LedgerReservation reservation, string label)
    {
        var (_, plan) = Find(Read(reservation.Fingerprint).State, reservation, label);
        return plan.Granted - plan.Spent;
    }

    internal void Release(LedgerReservation reservation) => Change(reservation.Fingerprint, reservation.Run, draft =>
        draft.State.Reservations[reservation.Number].IsReleased
        || draft.Add((number, now) => new ReservationReleased(number, now, reservation.Run, reservation.Number)));

    private static (ReservationState Held, PlanState Plan) Find(AccountState state, LedgerReservation reservation, string label)
    {
        var held = state.Reservations[reservation.Number];
        return held.Plans.FirstOrDefault(p => p.Plan.Label == label) is { } plan
            ? (held, plan)
            : throw new LedgerException($"run '{reservation.Run}' has no plan '{label}'; it has {string.Join(", ", held.Plans.Select(p => $"'{p.Plan.Label}'"))}");
    }

    private static bool Enter(AccountDraft draft, LedgerAccount account)
    {
        if (draft.State.Opened is not { } opened)
            draft.Add((number, now) => new AccountOpened(number, now, draft.Run, account.Fingerprint, account.Unit, account.Relation, account.Delta.Value));
        else if (opened.Unit != account.Unit || opened.Relation != account.Relation || opened.Delta != account.Delta.Value)
        {
            throw new LedgerException(
                $"data set {account.Fingerprint[..12]} is counted by {opened.Unit} under {opened.Relation} at delta {opened.Delta}, not by {account.Unit} under "
                + $"{account.Relation} at delta {account.Delta}; one data set has one unit, relation and delta");
        }
        if (account.Cap is { } cap && !(draft.State.Cap <= cap.Value)) draft.Add((number, now) => new CapSet(number, now, draft.Run, cap.Value, IsRaised: false));
        return true;
    }

    private void SetCap(string fingerprint, Epsilon cap, string run, bool isRaise)
    {
        if (!double.IsFinite(cap.Value)) throw new ArgumentOutOfRangeException(nameof(cap), "the cap must be finite.");
        Change(fingerprint, run, draft =>
        {
            if (draft.State.Opened is null) throw Unknown(fingerprint);
            if (isRaise && !(draft.State.Cap < cap.Value))
                throw new LedgerException($"the cap is {draft.State.Cap?.ToString() ?? "not set"}; to raise it, name a higher one than that, not {cap}");
            if (!isRaise && draft.State.Cap < cap.Value)
                throw new LedgerException($"the cap is {draft.State.Cap}; to raise it to {cap} is an act of its own (ledger cap --raise)");
            return draft.State.Cap == cap.Value || draft.Add((number, now) => new CapSet(number, now, run, cap.Value, isRaise));
        });
    }

    internal static PrivacyLedger Open(LedgerStore store, TimeProvider? time)
    {
        var ledger = new PrivacyLedger(store, time ?? TimeProvider.System);
        try
        {
            ledger.Fingerprints();
            return ledger;
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    private LedgerException Unknown(string fingerprint) => new($"{Location}: there is no account for data set {fingerprint}");

    /// <summary>Decides and writes while nobody else can: what is decided holds when it is written.</summary>
    private T Change<T>(string fingerprint, string run, Func<AccountDraft, T> decide)
    {
        Require.Name(run, 200);
        lock (gate)
        {
            return Guard(() =>
            {
                using var transaction = store.Begin(fingerprint, isWrite: true);
                var draft = new AccountDraft(Update(fingerprint, transaction), run, time);
                var result = decide(draft);
                if (draft.Write(transaction)) accounts[fingerprint] = draft.Account;
                return result;
            });
        }
    }

    private StoredAccount Read(string fingerprint)
    {
        lock (gate)
        {
            return Guard(() =>
            {
                using var transaction = store.Begin(fingerprint, isWrite: false);
                var account = Update(fingerprint, transaction);
                return account.State.Opened is null ? throw Unknown(fingerprint) : account;
            });
        }
    }

    private StoredAccount Update(string fingerprint, LedgerTransaction transaction) =>
        accounts[fingerprint] = accounts.GetValueOrDefault(fingerprint, new StoredAccount(fingerprint)).Follow(transaction);

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        // A server's name that is not known is the network's error, not the database's.
        catch (Exception e) when (e is DbException or SocketException or TimeoutException)
        {
            throw new LedgerException($"{Location}: the ledger cannot be used: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
