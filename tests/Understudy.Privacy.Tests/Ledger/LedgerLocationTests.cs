using Understudy.Privacy.Ledger;
using Understudy.Privacy.Ledger.Storage;

namespace Understudy.Privacy.Tests.Ledger;

public sealed class LedgerLocationTests
{
    [Theory]
    [InlineData("ledger.db")]
    [InlineData("/data/understudy/ledger.db")]
    [InlineData("host/ledger.db")]
    [InlineData("a;b=c.db")]
    public void APathIsAFile(string location) => Assert.Null(PostgresAddress.Parse(location));

    [Theory]
    [InlineData("Host=db.example;Database=privacy;Username=me;Password=secret", "db.example", "privacy", "me", "secret", 5432)]
    [InlineData("Database=privacy;server=db.example;Port=5433", "db.example", "privacy", null, null, 5433)]
    [InlineData("postgres://me:se%40cret@db.example:5433/privacy?sslmode=require", "db.example", "privacy", "me", "se@cret", 5433)]
    [InlineData("postgresql://db.example/privacy", "db.example", "privacy", null, null, 5432)]
    public void AnAddressIsADatabase(string location, string host, string database, string? user, string? password, int port)
    {
        var settings = PostgresAddress.Parse(location)!;

        Assert.Equal((host, database, user, password, port), (settings.Host, settings.Database, settings.Username, settings.Password, settings.Port));
        Assert.DoesNotContain("secret", new PostgresStore(settings).Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://me:secret@/privacy")]
    [InlineData("postgres://me:secret@db.example")]
    [InlineData("Host=db.example;Database=privacy;Password=secret;Colour=red")]
    [InlineData("postgres://me:secret@db.example/privacy?sslmode=secrecy")]
    public void AWrongAddressIsOneLineWithoutThePassword(string location)
    {
        var message = Assert.Throws<LedgerException>(() => PrivacyLedger.Open(location)).Message;

        Assert.StartsWith("the ledger's PostgreSQL address is wrong: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeOpenedIsOneLine()
    {
        var folder = Directory.CreateTempSubdirectory("understudy-ledger-");
        try
        {
            var text = Path.Combine(folder.FullName, "text.db");
            File.WriteAllText(text, new string('x', 4096));
            string[] wrong = [folder.FullName, text, Path.Combine(text, "ledger.db"), "Host=/no/such/folder;Database=x;Username=x", "Host=no-such-host.invalid;Database=x;Username=x", " "];
            foreach (var location in wrong) Assert.DoesNotContain('\n', Assert.Throws<LedgerException>(() => PrivacyLedger.Open(location)).Message);
            Assert.Throws<LedgerException>(() => PrivacyLedger.OpenExisting(Path.Combine(folder.FullName, "none.db")));
            Assert.Equal([text], Directory.GetFileSystemEntries(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void ANameThatSqliteKeepsInMemoryIsAFile()
    {
        const string name = ":memory:";
        try
        {
            using (PrivacyLedger.Open(name)) Assert.True(File.Exists(name));
        }
        finally
        {
            foreach (var file in Directory.GetFiles(Environment.CurrentDirectory, $"{name}*")) File.Delete(file);
        }
    }
}
