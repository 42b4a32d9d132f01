namespace Understudy.Privacy.Ledger.Rows;

/// <summary>A run reserved the steps of its plans. The row's number names the reservation.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Time">When.</param>
/// <param name="Run">Whose they are.</param>
/// <param name="Plans">The plans, fixed from here on.</param>
/// <param name="Order">
/// The Rényi order that the account's filter prefers, chosen by its first reservation, before any result; null where it has no preference.
/// </param>
public sealed record StepsReserved(long Number, DateTimeOffset Time, string Run, IReadOnlyList<LedgerPlan> Plans, double? Order = null)
    : LedgerEntry(Number, Time, Run);
