namespace Understudy.Privacy.Ledger.Rows;

/// <summary>A reservation grew, because steps that a crash lost had to be run again.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Time">When.</param>
/// <param name="Run">Whose reservation it is.</param>
/// <param name="Reservation">The number of its row.</param>
/// <param name="Plan">The label of the plan.</param>
/// <param name="Steps">How many more.</param>
public sealed record StepsAdded(long Number, DateTimeOffset Time, string Run, long Reservation, string Plan, long Steps) : LedgerEntry(Number, Time, Run);
