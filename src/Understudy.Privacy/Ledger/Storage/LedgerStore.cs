using System.Data.Common;
using Dapper;

namespace Understudy.Privacy.Ledger.Storage;

/// <summary>A database that holds accounts. It keeps one connection and takes a new one where that has broken.</summary>
/// <param name="name">What it is called in messages, without any password.</param>
internal abstract class LedgerStore(string name) : IDisposable
{
    private DbConnection? connection;
    private bool isDisposed;

    public string Name { get; } = name;

    /// <summary>Whether there may be a ledger already.</summary>
    public virtual bool IsThere => true;

    /// <summary>Begins to read an account, or to write it while nobody else does.</summary>
    public LedgerTransaction Begin(string fingerprint, bool isWrite) => Retry(open =>
    {
        var transaction = new LedgerTransaction(Begin(open, isWrite), fingerprint);
        try
        {
            transaction.ReadEnd(isWrite, LockClause);
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    });

    /// <summary>Every data set that has an account, or rows that have lost theirs.</summary>
    public IReadOnlyList<string> Fingerprints() => Retry<IReadOnlyList<string>>(open =>
        [.. open.Query<string>("SELECT fingerprint FROM ledger_account UNION SELECT fingerprint FROM ledger_row ORDER BY fingerprint")]);

    public void Dispose()
    {
        isDisposed = true;
        connection?.Dispose();
    }

    /// <summary>What a SELECT ends with to hold the rows that it reads.</summary>
    protected abstract string LockClause { get; }

    /// <summary>A new open connection to a database that has the tables.</summary>
    protected abstract DbConnection Connect();

    protected abstract DbTransaction Begin(DbConnection open, bool isWrite);

    /// <summary>
    /// Runs what changes nothing yet. A server may have been restarted, or a network have dropped the connection, since it was last used: then once more on
    /// a new one.
    /// </summary>
    private T Retry<T>(Func<DbConnection, T> work)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (connection is not null)
        {
            try
            {
                return work(connection);
            }
            catch (Exception e) when (e is DbException or InvalidOperationException)
            {
                connection.Dispose();
                connection = null;
            }
        }
        return work(connection = Connect());
    }
}
