using Dapper;
using Microsoft.Data.Sqlite;

namespace Understudy.Privacy.Tests.Ledger;

/// <summary>A ledger in a file.</summary>
public sealed class SqliteLedgerTests : LedgerTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("understudy-ledger-").FullName;

    protected override string Location => Path.Combine(folder, "sub", "ledger.db");

    protected override int Kills => 80;

    protected override void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Location};Pooling=False");
        connection.Execute(sql);
    }

    protected override void Close()
    {
        base.Close();
        Directory.Delete(folder, recursive: true);
    }
}
