namespace Understudy.Privacy.Ledger;

/// <summary>What a plan has come to.</summary>
/// <param name="Plan">As it was reserved.</param>
/// <param name="Granted">Steps that count against the cap.</param>
/// <param name="Fixed">Of these, the steps that were fixed in advance, were they spent or not.</param>
/// <param name="Spent">Steps recorded as spent.</param>
internal sealed record PlanState(LedgerPlan Plan, long Granted, long Fixed, long Spent)
{
    public static PlanState Of(LedgerPlan plan) => new(plan, plan.Steps, plan.Steps, 0);

    /// <summary>Takes more steps into the reservation, chosen when results may exist.</summary>
    /// <exception cref="FormatException">None, or less.</exception>
    public PlanState Add(long steps) => steps > 0 ? this with { Granted = checked(Granted + steps) } : throw new FormatException($"{steps} steps are none.");

    /// <exception cref="FormatException">None, or more than were reserved.</exception>
    public PlanState Spend(long steps) => steps > 0 && steps <= Granted - Spent
        ? this with { Spent = Spent + steps }
        : throw new FormatException($"{steps} steps of '{Plan.Label}' cannot be spent of the {Granted - Spent} that are left.");
}
