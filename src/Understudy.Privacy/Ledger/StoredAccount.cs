using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Understudy.Privacy.Ledger.Rows;
using Understudy.Privacy.Ledger.Storage;

namespace Understudy.Privacy.Ledger;

/// <summary>An account's rows as far as they have been read and checked. Immutable.</summary>
internal sealed record StoredAccount(string Fingerprint)
{
    /// <summary>What the rows add up to.</summary>
    public AccountState State { get; private init; } = AccountState.Empty;

    /// <summary>Every row.</summary>
    public ImmutableList<LedgerRow> Rows { get; private init; } = [];

    /// <summary>How many rows there are.</summary>
    public long Length => Rows.Count;

    /// <summary>The hash of the last row, or of the fingerprint where there is none yet.</summary>
    public string Head => Rows.IsEmpty ? Hash(Fingerprint, "") : Rows[^1].Hash;

    /// <summary>Reads and checks the rows that were added since.</summary>
    /// <exception cref="LedgerIntegrityException">They do not continue these rows, or do not end where the account says.</exception>
    public StoredAccount Follow(LedgerTransaction transaction)
    {
        var account = transaction.RowsAfter(Length).Aggregate(this, (before, row) => before.Checked(row));
        var (length, head) = transaction.End ?? (0, Hash(Fingerprint, ""));
        return account.Length == length && account.Head == head
            ? account
            : throw Broken($"there are {account.Length} rows where {length} were written, or the last one is another");
    }

    /// <summary>With one more row.</summary>
    public StoredAccount With(LedgerEntry entry, string text) =>
        this with { State = State.With(entry), Rows = Rows.Add(new LedgerRow(entry, Hash(Head, text))) };

    public LedgerExtract Extract(LedgerBudget budget) => new(
        Fingerprint,
        State.Opened!.Unit,
        State.Opened.Relation,
        State.Opened.Delta,
        State.Cap,
        budget.TotalOf(State, State.Spent),
        budget.TotalOf(State, State.Reserved),
        [.. State.Reservations.Values.Select(r => r.ToUse())],
        State.Unaccounted,
        Rows,
        Head);

    private static string Hash(string previous, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{previous}\n{text}")));

    private StoredAccount Checked(StoredRow row)
    {
        try
        {
            var entry = LedgerEntryJson.Read(row.Entry);
            if (row.Number != Length + 1 || entry.Number != row.Number) throw new FormatException($"row {Length + 1} should stand here");
            if (entry is AccountOpened opened)
            {
                if (opened.Fingerprint != Fingerprint) throw new FormatException("it belongs to another data set");
                // Whatever cannot be opened cannot have been.
                _ = new LedgerAccount(opened.Fingerprint, opened.Unit, opened.Relation, new Delta(opened.Delta));
            }
            var account = With(entry, row.Entry);
            return account.Head == row.Hash ? account : throw new FormatException("it is not what was written, or not in its place");
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw Broken($"row {row.Number}: {e.Message}", e);
        }
    }

    private LedgerIntegrityException Broken(string what, Exception? inner = null) =>
        new($"data set {Fingerprint}: the ledger was tampered with or damaged: {what}; take it back from a copy", inner);
}
