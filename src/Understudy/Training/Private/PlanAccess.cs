using Understudy.Privacy.Ledger;

namespace Understudy.Training.Private;

/// <summary>Records opened to the steps of one plan. Every step is paid for in the ledger before it runs.</summary>
/// <param name="records">What is private.</param>
/// <param name="label">The plan's name in the ledger.</param>
/// <param name="reservation">What the ledger has set aside.</param>
internal sealed class PlanAccess<T>(T records, string label, LedgerReservation reservation)
{
    // Paid for at a time: a kill loses at most this many, and the ledger is written that much more rarely.
    private const int StepsAtATime = 10;

    private readonly Lock gate = new();
    private long prepaid;

    /// <summary>What is private.</summary>
    public T Records => records;

    /// <summary>Pays for the next step; false once everything reserved is spent, steps that a kill has lost among it.</summary>
    public bool TryPay()
    {
        lock (gate)
        {
            if (prepaid == 0)
            {
                var left = reservation.Remaining(label);
                if (left == 0) return false;
                var steps = Math.Min(StepsAtATime, left);
                reservation.Spend(label, steps);
                // Only what the ledger has taken counts: it may have refused.
                prepaid = steps;
            }
            prepaid--;
            return true;
        }
    }
}
