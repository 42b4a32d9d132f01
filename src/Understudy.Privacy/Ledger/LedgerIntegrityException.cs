namespace Understudy.Privacy.Ledger;

/// <summary>A ledger's rows are not those that were written: one was changed, removed, reordered or put in from outside.</summary>
/// <param name="message">One line that names the account and the row.</param>
/// <param name="inner">What showed it.</param>
public sealed class LedgerIntegrityException(string message, Exception? inner = null) : LedgerException(message, inner);
