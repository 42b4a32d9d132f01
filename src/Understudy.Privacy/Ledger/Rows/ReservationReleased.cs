namespace Understudy.Privacy.Ledger.Rows;

/// <summary>A run gave back the steps that it had reserved and never spent.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Time">When.</param>
/// <param name="Run">Whose reservation it is.</param>
/// <param name="Reservation">The number of its row.</param>
public sealed record ReservationReleased(long Number, DateTimeOffset Time, string Run, long Reservation) : LedgerEntry(Number, Time, Run);
