using Understudy.Privacy.Ledger.Rows;

namespace Understudy.Privacy.Ledger;

/// <summary>One row of an account and its link in the chain.</summary>
/// <param name="Entry">What was recorded.</param>
/// <param name="Hash">SHA-256 over the previous row's hash and this row's text, 64 hexadecimal digits.</param>
public sealed record LedgerRow(LedgerEntry Entry, string Hash);
