namespace Understudy.Privacy.Ledger.Rows;

/// <summary>A run is about to take steps. From here on they count as taken, whether they ran or not.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Time">When.</param>
/// <param name="Run">Whose reservation it is.</param>
/// <param name="Reservation">The number of its row.</param>
/// <param name="Plan">The label of the plan.</param>
/// <param name="Steps">How many.</param>
public sealed record StepsSpent(long Number, DateTimeOffset Time, string Run, long Reservation, string Plan, long Steps) : LedgerEntry(Number, Time, Run);
