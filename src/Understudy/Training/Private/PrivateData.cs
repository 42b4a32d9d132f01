using Understudy.Privacy;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Mechanisms;

namespace Understudy.Training.Private;

/// <summary>The only door to private records. A mechanism or a plan opens it, after the ledger has reserved what that costs; any other read is listed as unaccounted first.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="records">What is private.</param>
/// <param name="publicCount">N, the number of records as it is declared to be public; it need not be exact.</param>
/// <param name="account">Whose budget is spent, and what a neighbour is.</param>
/// <param name="ledger">Where the account is kept.</param>
/// <param name="run">Who spends: the same after a restart, another for every other run.</param>
public sealed class PrivateData<T>(T records, long publicCount, LedgerAccount account, PrivacyLedger ledger, string run)
{
    private IReadOnlyList<LedgerPlan>? together;

    /// <summary>N, as declared: what sums over records are divided by.</summary>
    public long PublicCount { get; } = publicCount > 0 ? publicCount : throw new ArgumentOutOfRangeException(nameof(publicCount));

    /// <summary>Unit, neighbouring relation and δ of every guarantee on these records.</summary>
    public LedgerAccount Account => account;

    /// <summary>Opens the records to a read that no guarantee covers, once the ledger lists it.</summary>
    /// <param name="what">What is read.</param>
    /// <param name="why">Why no guarantee covers it.</param>
    public T OpenUnaccounted(string what, string why)
    {
        ledger.RecordUnaccounted(account, run, what, why);
        return records;
    }

    /// <summary>Releases one noised sum: reserves its cost, computes it, spends the cost, adds the noise.</summary>
    /// <param name="label">What the ledger calls it.</param>
    /// <param name="mechanism">The noise, and the bound on what one record may add.</param>
    /// <param name="sum">The sum over records; adding or removing one moves it by at most the mechanism's bound in L2 norm.</param>
    /// <exception cref="LedgerException">The account's cap forbids it, and nothing was read; or the run has paid for this release before.</exception>
    public double[] Release(string label, GaussianMechanism mechanism, Func<T, double[]> sum)
    {
        var reservation = Reserve(label, mechanism);
        var values = sum(records);
        reservation.Spend(label);
        mechanism.Release(values);
        return values;
    }

    /// <summary>The same records, of which only a part or another form is seen; who spends, and from what, stays the same.</summary>
    /// <param name="view">What is seen; of each record by itself.</param>
    internal PrivateData<TView> View<TView>(Func<T, TView> view) => new(view(records), PublicCount, account, ledger, run) { together = together };

    /// <summary>The same records for a run of several plans, all of which are reserved when the first is opened.</summary>
    internal PrivateData<T> ForPlans(IReadOnlyList<LedgerPlan> plans) => new(records, PublicCount, account, ledger, run) { together = plans };

    /// <summary>Chooses one of several candidates: reserves the cost, spends it, scores them and releases which has (nearly) the highest score.</summary>
    /// <param name="label">What the ledger calls it.</param>
    /// <param name="mechanism">The noise, and the bound on what one record may change in a score.</param>
    /// <param name="scores">The candidates' scores on the records; the candidates themselves must not depend on these by more than has been paid for.</param>
    /// <exception cref="LedgerException">The account's cap forbids it, and nothing was read; or the run has paid for this choice before.</exception>
    public int Choose(string label, ReportNoisyMax mechanism, Func<T, double[]> scores)
    {
        var reservation = Reserve(label, mechanism);
        var values = scores(records);
        reservation.Spend(label);
        return mechanism.Release(values);
    }

    /// <summary>Opens the records to the steps of a plan.</summary>
    /// <exception cref="LedgerException">The account's cap forbids it, or its terms are others; nothing was read.</exception>
    internal PlanAccess<T> Open(string label, DpPlan plan)
    {
        if (plan.Relation != account.Relation || plan.Records != PublicCount)
            throw new ArgumentException($"the plan is for {plan.Records} records compared by {plan.Relation}, the data are {PublicCount} compared by {account.Relation}", nameof(plan));
        return Open(new LedgerPlan(label, plan.StepEvent, plan.Steps));
    }

    /// <summary>Opens the records to steps whose event is all that they cost, under every relation.</summary>
    /// <exception cref="LedgerException">The account's cap forbids it, or its terms are others; nothing was read.</exception>
    internal PlanAccess<T> Open(LedgerPlan plan) => new(records, plan.Label, Reserve(plan));

    private LedgerReservation Reserve(LedgerPlan plan) => together is null || together.Contains(plan)
        ? ledger.Reserve(account, run, together ?? [plan])
        : throw new ArgumentException($"'{plan.Label}' is not among the plans of this run", nameof(plan));

    /// <summary>Sets the cost of one release aside, before a record is read.</summary>
    private LedgerReservation Reserve(string label, Mechanism mechanism)
    {
        if (mechanism.Relation != account.Relation) throw new ArgumentException($"the mechanism compares by {mechanism.Relation}, the account by {account.Relation}", nameof(mechanism));
        var reservation = Reserve(new LedgerPlan(label, mechanism.Event, 1));
        if (reservation.Remaining(label) == 0)
            throw new LedgerException($"run {run} was stopped after it had paid for '{label}' and before it could keep the result; start a new run, which pays anew");
        return reservation;
    }
}
