namespace Understudy.Privacy.Ledger.Rows;

/// <summary>Private records were read in a way that no guarantee covers.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Time">When, for the first time by this run.</param>
/// <param name="Run">Which run read them.</param>
/// <param name="What">What was read, as "class counts" or "validation accuracy".</param>
/// <param name="Why">What for, and why nothing covers it.</param>
public sealed record UnaccountedRead(long Number, DateTimeOffset Time, string Run, string What, string Why) : LedgerEntry(Number, Time, Run);
