namespace Understudy.Privacy.Ledger.Rows;

/// <summary>The cap was set, lowered or raised.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Time">When.</param>
/// <param name="Run">By whom.</param>
/// <param name="Cap">The ε that reservations may not pass from here on.</param>
/// <param name="IsRaised">Whether it is higher than the one before.</param>
public sealed record CapSet(long Number, DateTimeOffset Time, string Run, double Cap, bool IsRaised) : LedgerEntry(Number, Time, Run);
