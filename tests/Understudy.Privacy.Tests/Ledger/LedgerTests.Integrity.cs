using Understudy.Privacy.Ledger;

namespace Understudy.Privacy.Tests.Ledger;

/// <summary>Rows that are not what was written.</summary>
public abstract partial class LedgerTests
{
    /// <summary>Every way to change what was written, by somebody who can write to the database but forgets the chain.</summary>
    [Theory]
    [InlineData("UPDATE ledger_row SET entry = replace(entry, '\"steps\":300', '\"steps\":3') WHERE fingerprint = '{0}' AND number = 3")]
    [InlineData("UPDATE ledger_row SET entry = replace(entry, 'image', 'imagf') WHERE fingerprint = '{0}' AND number = 1")]
    [InlineData("DELETE FROM ledger_row WHERE fingerprint = '{0}' AND number = 3")]
    [InlineData("DELETE FROM ledger_row WHERE fingerprint = '{0}' AND number = 4")]
    [InlineData("UPDATE ledger_row SET number = 9 - number WHERE fingerprint = '{0}' AND number > 2; UPDATE ledger_row SET number = number - 2 WHERE fingerprint = '{0}' AND number > 4")]
    [InlineData("DELETE FROM ledger_account WHERE fingerprint = '{0}'")]
    [InlineData("DELETE FROM ledger_row WHERE fingerprint = '{0}'")]
    [InlineData("UPDATE ledger_account SET length = 3, head = (SELECT hash FROM ledger_row WHERE fingerprint = '{0}' AND number = 3) WHERE fingerprint = '{0}'")]
    public void TamperingIsSeen(string sql)
    {
        var reservation = Ledger.Reserve(Account(), "run", [Plan(1000)]);
        reservation.Spend("steps", 300);
        reservation.Spend("steps", 200);
        Assert.Equal(4, Ledger.Extract(Fingerprint).Rows.Count);
        Ledger.Verify();

        Tamper(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, Fingerprint));

        using var fresh = PrivacyLedger.Open(Location);
        Assert.DoesNotContain('\n', Assert.Throws<LedgerIntegrityException>(() => fresh.Verify()).Message);
        Assert.Throws<LedgerIntegrityException>(() => fresh.Extract(Fingerprint));
        Assert.Throws<LedgerIntegrityException>(() => fresh.Reserve(Account(), "other", [Plan(1)]));
        Assert.Throws<LedgerIntegrityException>(() => fresh.FindReservation(Fingerprint, "run"));
        Tamper($"DELETE FROM ledger_row WHERE fingerprint = '{Fingerprint}'; DELETE FROM ledger_account WHERE fingerprint = '{Fingerprint}'");
    }

    [Fact]
    public void ALedgerInUseSeesRowsPutInFromOutside()
    {
        var reservation = Ledger.Reserve(Account(), "run", [Plan(1000)]);
        Tamper($"UPDATE ledger_account SET length = 1 WHERE fingerprint = '{Fingerprint}'; DELETE FROM ledger_row WHERE fingerprint = '{Fingerprint}' AND number > 1");

        Assert.Throws<LedgerIntegrityException>(() => reservation.Spend("steps"));
        Tamper($"DELETE FROM ledger_row WHERE fingerprint = '{Fingerprint}'; DELETE FROM ledger_account WHERE fingerprint = '{Fingerprint}'");
    }
}
