namespace Understudy.Privacy.Ledger.Rows;

/// <summary>The first row of an account: what is counted for which data set.</summary>
/// <param name="Number">1.</param>
/// <param name="Time">When.</param>
/// <param name="Run">By whom.</param>
/// <param name="Fingerprint">The SHA-256 of the data set's content.</param>
/// <param name="Unit">What one record stands for.</param>
/// <param name="Relation">Which data sets the guarantee compares.</param>
/// <param name="Delta">The δ of all totals.</param>
public sealed record AccountOpened(long Number, DateTimeOffset Time, string Run, string Fingerprint, string Unit, NeighbouringRelation Relation, double Delta)
    : LedgerEntry(Number, Time, Run);
