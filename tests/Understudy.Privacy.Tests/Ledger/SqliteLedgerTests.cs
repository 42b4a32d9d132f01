using Dapper;
using Microsoft.Data.Sqlite;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Ledger.Storage;

namespace Understudy.Privacy.Tests.Ledger;

/// <summary>A ledger in a file.</summary>
public sealed class SqliteLedgerTests : LedgerTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("understudy-ledger-").FullName;

    protected override string Location => Path.Combine(folder, "sub", "ledger.db");

    protected override int Kills => 80;

    /// <summary>A file of a format that is newer than the library may be read, and not written.</summary>
    [Fact]
    public void AFileThatCannotBeWrittenStopsTheRunAndCountsWhatRan()
    {
        const int writeVersion = 18; // of the header; 2 is the newest
        Ledger.Reserve(Account(), "run", [Plan(10)]).Spend("steps", 3);
        base.Close();
        void Mark(byte version)
        {
            using var file = File.OpenWrite(Location);
            file.Position = writeVersion;
            file.WriteByte(version);
        }

        Mark(9);
        Assert.DoesNotContain('\n', Assert.Throws<LedgerException>(() => Again().Dispose()).Message);

        Mark(2);
        using var later = Again();
        later.FindReservation(Fingerprint, "run")!.Spend("steps");
        Assert.Equal(5, later.Extract(Fingerprint).Reservations.Single().Plans.Single().Spent);

        PrivacyLedger Again()
        {
            var ledger = PrivacyLedger.Open(Location);
            try
            {
                ledger.FindReservation(Fingerprint, "run")!.Spend("steps");
                return ledger;
            }
            catch
            {
                ledger.Dispose();
                throw;
            }
        }
    }

    [Fact]
    public void AFileThatSomebodyHoldsIsWaitedForAndThenRefused()
    {
        var reservation = Ledger.Reserve(Account(), "run", [Plan(10)]);
        using var impatient = PrivacyLedger.Open(new SqliteStore(Location, patience: 1), time: null);
        var same = impatient.FindReservation(Fingerprint, "run")!;
        using (var holder = new SqliteConnection($"Data Source={Location};Pooling=False"))
        {
            holder.Open();
            using var held = holder.BeginTransaction();
            Assert.DoesNotContain('\n', Assert.Throws<LedgerException>(() => same.Spend("steps", 4)).Message);
            // Who only looks does not wait.
            Assert.Equal(10, same.Remaining("steps"));
        }
        same.Spend("steps", 4);
        Assert.Equal(6, reservation.Remaining("steps"));
    }

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
