using Dapper;
using Npgsql;
using Understudy.Privacy.Ledger;

namespace Understudy.Privacy.Tests.Ledger;

/// <summary>A ledger in a PostgreSQL database.</summary>
public sealed class PostgresLedgerTests(PostgresServer server) : LedgerTests, IClassFixture<PostgresServer>
{
    protected override string Location
    {
        get
        {
            Assert.SkipWhen(server.WhyAbsent is not null, server.WhyAbsent ?? "");
            return server.ConnectionString;
        }
    }

    [Fact]
    public void AnAddressNamesTheSameLedger()
    {
        Ledger.OpenAccount(Account(), "run");

        using var same = PrivacyLedger.Open(server.Address);

        Assert.Contains(Fingerprint, same.Fingerprints());
    }

    protected override int Kills => 20;

    [Fact]
    public void AConnectionThatWasLostIsMadeAgain()
    {
        var reservation = Ledger.Reserve(Account(), "run", [Plan(10)]);
        Tamper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%ledger%' OR query = 'COMMIT'");

        reservation.Spend("steps", 3);

        Assert.Equal(7, reservation.Remaining("steps"));
    }

    [Fact]
    public void AServerThatIsGoneHalfWayStopsTheRunAndCountsWhatRan()
    {
        Assert.SkipWhen(server.WhyAbsent is not null, server.WhyAbsent ?? "");
        using var own = new PostgresServer();
        using var ledger = PrivacyLedger.Open(own.ConnectionString);
        var reservation = ledger.Reserve(Account(), "run", [Plan(10)]);
        reservation.Spend("steps", 3);
        own.Stop();

        for (var i = 0; i < 2; i++) Assert.DoesNotContain('\n', Assert.Throws<LedgerException>(() => reservation.Spend("steps")).Message);
        Assert.Throws<LedgerException>(() => reservation.Remaining("steps"));
        Assert.Throws<LedgerException>(() => ledger.Reserve(Account(), "other", [Plan(10)]));

        own.Start();
        reservation.Spend("steps", 2);
        Assert.Equal(5, reservation.Remaining("steps"));
        Assert.Equal(5, ledger.Extract(Fingerprint).Reservations.Single().Plans.Single().Spent);
    }

    protected override void Tamper(string sql)
    {
        using var connection = new NpgsqlConnection(server.ConnectionString);
        connection.Execute(sql);
    }
}
