using Understudy.Privacy.Ledger.Rows;
using Understudy.Privacy.Ledger.Storage;

namespace Understudy.Privacy.Ledger;

/// <summary>Rows that one transaction adds to an account; nothing of it lasts until it is written.</summary>
internal sealed class AccountDraft(StoredAccount account, string run, TimeProvider time)
{
    private readonly long lengthBefore = account.Length;
    private readonly List<StoredRow> added = [];

    public string Run { get; } = run;

    /// <summary>The account with the added rows.</summary>
    public StoredAccount Account { get; private set; } = account;

    public AccountState State => Account.State;

    /// <summary>The number of the last row.</summary>
    public long Length => Account.Length;

    /// <summary>Adds a row, given its number and the time.</summary>
    public bool Add(Func<long, DateTimeOffset, LedgerEntry> make)
    {
        var entry = make(Length + 1, time.GetUtcNow());
        var text = LedgerEntryJson.Write(entry);
        Account = Account.With(entry, text);
        added.Add(new StoredRow(entry.Number, text, Account.Head));
        return true;
    }

    /// <summary>Writes and commits what was added.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Write(LedgerTransaction transaction)
    {
        if (added.Count == 0) return false;
        transaction.Append(added, lengthBefore);
        transaction.Commit();
        return true;
    }
}
