namespace Understudy.Privacy.Ledger.Storage;

/// <summary>A row as it is stored.</summary>
internal sealed record StoredRow(long Number, string Entry, string Hash);
