namespace Understudy.Privacy.Ledger;

/// <summary>
/// Steps that a run holds. It stays counted in full until it is spent or released, whatever becomes of the process. Spend before each step,
/// or before a few: what a crash loses in between stays spent, and is spent again when it is run again.
/// </summary>
public sealed class LedgerReservation
{
    private readonly PrivacyLedger ledger;

    internal LedgerReservation(PrivacyLedger ledger, string fingerprint, long number, string run, bool isResumed)
    {
        this.ledger = ledger;
        Fingerprint = fingerprint;
        Number = number;
        Run = run;
        IsResumed = isResumed;
    }

    /// <summary>The data set.</summary>
    public string Fingerprint { get; }

    /// <summary>The number of the row that made it.</summary>
    public long Number { get; }

    /// <summary>Whose it is.</summary>
    public string Run { get; }

    /// <summary>Whether an earlier process of the same run made it.</summary>
    public bool IsResumed { get; }

    /// <summary>
    /// Records, lastingly, that steps of a plan are about to run. Returns before the first of them may. Beyond what is left of the reservation it
    /// takes more where the cap allows.
    /// </summary>
    /// <param name="plan">The label of the plan.</param>
    /// <param name="steps">How many, at least 1.</param>
    /// <exception cref="LedgerCapException">They are more than are left and the cap allows no more, or it was lowered since. None may run.</exception>
    /// <exception cref="LedgerException">There is no such plan, the reservation was released, or the ledger cannot be written. None may run.</exception>
    public void Spend(string plan, long steps = 1) => ledger.Spend(this, plan, LedgerPlan.CheckSteps(steps));

    /// <summary>How many steps of a plan are reserved and not spent; 0 after a release.</summary>
    /// <exception cref="LedgerException">There is no such plan.</exception>
    public long Remaining(string plan) => ledger.Remaining(this, plan);

    /// <summary>Gives back the steps that were never spent. Does nothing when they were given back before.</summary>
    public void Release() => ledger.Release(this);
}
