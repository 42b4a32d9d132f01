using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Understudy.Privacy.Ledger.Storage;

/// <summary>
/// A file on this machine. One process writes at a time (BEGIN IMMEDIATE), others wait; what is committed is on the disk (WAL, synchronous FULL).
/// </summary>
/// <param name="file">Where it is.</param>
/// <param name="patience">Seconds to wait for another process.</param>
internal sealed class SqliteStore(string file, int patience = 60) : LedgerStore(file)
{
    private readonly string tables = $"""
        PRAGMA busy_timeout = {patience * 1000};
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS ledger_account (fingerprint TEXT PRIMARY KEY, length INTEGER NOT NULL, head TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS ledger_row (
            fingerprint TEXT NOT NULL, number INTEGER NOT NULL, entry TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (fingerprint, number)) STRICT;
        """;

    public override bool IsThere => File.Exists(Name);

    protected override string LockClause => "";

    protected override DbConnection Connect()
    {
        // In full, so that no name (":memory:", "file:...") means anything but a file.
        var path = Path.GetFullPath(Name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"{Name}: the ledger cannot be made there: {e.Message}", e);
        }
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = patience };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute(tables);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override DbTransaction Begin(DbConnection open, bool isWrite) => ((SqliteConnection)open).BeginTransaction(deferred: !isWrite);
}
