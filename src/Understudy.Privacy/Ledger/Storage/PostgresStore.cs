using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace Understudy.Privacy.Ledger.Storage;

/// <summary>
/// A PostgreSQL database that several machines share. Who writes an account holds its row; others wait. What is committed is on the server's disk
/// (synchronous_commit), whatever the server's own setting is.
/// </summary>
internal sealed class PostgresStore(NpgsqlConnectionStringBuilder settings) : LedgerStore($"{settings.Host}/{settings.Database}")
{
    private const int PatienceSeconds = 60;

    /// <summary>Any number that nobody else takes: two processes that make the tables at once would disturb each other.</summary>
    private const long TablesLock = 0x1ED6E5;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS ledger_account (fingerprint TEXT PRIMARY KEY, length BIGINT NOT NULL, head TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS ledger_row (
            fingerprint TEXT NOT NULL, number BIGINT NOT NULL, entry TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (fingerprint, number));
        """;

    protected override string LockClause => " FOR UPDATE";

    protected override DbConnection Connect()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { CommandTimeout = PatienceSeconds, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute("SET synchronous_commit TO on");
            if (connection.ExecuteScalar<bool>("SELECT to_regclass('ledger_row') IS NULL"))
            {
                using var transaction = connection.BeginTransaction();
                connection.Execute($"SELECT pg_advisory_xact_lock({TablesLock})", transaction: transaction);
                connection.Execute(Tables, transaction: transaction);
                transaction.Commit();
            }
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // A writer reads the rows after it holds the account, and must see what the one before it wrote; a reader wants one moment.
    protected override DbTransaction Begin(DbConnection open, bool isWrite) =>
        open.BeginTransaction(isWrite ? IsolationLevel.ReadCommitted : IsolationLevel.RepeatableRead);
}
