using System.Data.Common;
using Dapper;

namespace Understudy.Privacy.Ledger.Storage;

/// <summary>Reads one account and may add rows to it; undone unless committed.</summary>
internal sealed class LedgerTransaction(DbTransaction transaction, string fingerprint) : IDisposable
{
    private readonly DbConnection connection = transaction.Connection!;

    /// <summary>The number and the hash of the account's last row; null where there is none.</summary>
    public (long Length, string Head)? End { get; private set; }

    /// <summary>Reads where the account ends; to write, holds it from there on, and makes it where there is none.</summary>
    public void ReadEnd(bool isWrite, string lockClause)
    {
        var sql = $"SELECT length, head FROM ledger_account WHERE fingerprint = @fingerprint{(isWrite ? lockClause : "")}";
        var found = Read();
        if (found is null && isWrite)
        {
            connection.Execute(
                "INSERT INTO ledger_account (fingerprint, length, head) VALUES (@fingerprint, 0, '') ON CONFLICT DO NOTHING", new { fingerprint }, transaction);
            found = Read();
        }
        End = found is { Length: 0 } ? null : found;

        (long Length, string Head)? Read() => connection.QueryFirstOrDefault<(long, string)?>(sql, new { fingerprint }, transaction);
    }

    public IEnumerable<StoredRow> RowsAfter(long number) => connection.Query<StoredRow>(
        "SELECT number AS Number, entry AS Entry, hash AS Hash FROM ledger_row WHERE fingerprint = @fingerprint AND number > @number ORDER BY number",
        new { fingerprint, number },
        transaction);

    /// <summary>Adds rows to an account of a known length.</summary>
    public void Append(IReadOnlyList<StoredRow> rows, long length)
    {
        var (number, _, hash) = rows[^1];
        var changed = connection.Execute(
            "UPDATE ledger_account SET length = @number, head = @hash WHERE fingerprint = @fingerprint AND length = @length",
            new { fingerprint, number, hash, length },
            transaction);
        if (changed != 1) throw new LedgerException($"data set {fingerprint}: another process wrote at the same time; nothing was recorded");
        connection.Execute(
            "INSERT INTO ledger_row (fingerprint, number, entry, hash) VALUES (@fingerprint, @Number, @Entry, @Hash)",
            rows.Select(row => new { fingerprint, row.Number, row.Entry, row.Hash }),
            transaction);
    }

    public void Commit() => transaction.Commit();

    public void Dispose() => transaction.Dispose();
}
