using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;

namespace Understudy.Privacy.Tests.Ledger;

/// <summary>Costs that are no costs, rows forged with a right chain, clocks that go wrong, and many who want the last of a cap.</summary>
public abstract partial class LedgerTests
{
    /// <summary>A row whose hash is right, by somebody who knows how the chain is made. What can never have been written is refused all the same.</summary>
    [Theory]
    [InlineData("""{"kind":"spend","reservation":3,"plan":"steps","steps":-300""")]
    [InlineData("""{"kind":"spend","reservation":3,"plan":"steps","steps":0""")]
    [InlineData("""{"kind":"spend","reservation":3,"plan":"steps","steps":701""")]
    [InlineData("""{"kind":"spend","reservation":3,"plan":"steps","steps":1e999""")]
    [InlineData("""{"kind":"spend","reservation":3,"plan":"steps","steps":300,"steps":1""")]
    [InlineData("""{"kind":"spend","reservation":2,"plan":"steps","steps":1""")]
    [InlineData("""{"kind":"spend","reservation":3,"plan":"others","steps":1""")]
    [InlineData("""{"kind":"extend","reservation":3,"plan":"steps","steps":-300""")]
    [InlineData("""{"kind":"extend","reservation":3,"plan":"steps","steps":9223372036854775807""")]
    [InlineData("""{"kind":"release","reservation":7""")]
    [InlineData("""{"kind":"cap","cap":9,"isRaised":false""")]
    [InlineData("""{"kind":"cap","cap":3,"isRaised":true""")]
    [InlineData("""{"kind":"cap","cap":-1,"isRaised":false""")]
    [InlineData("""{"kind":"cap","cap":1e999,"isRaised":true""")]
    [InlineData("""{"kind":"cap","cap":"NaN","isRaised":false""")]
    [InlineData("""{"kind":"reserve","plans":[]""")]
    [InlineData("""{"kind":"reserve","plans":[{"label":"a","event":{"kind":"no-op"},"steps":-1}]""")]
    [InlineData("""{"kind":"reserve","plans":[{"label":"a","event":{"kind":"no-op"},"steps":1},{"label":"a","event":{"kind":"no-op"},"steps":1}]""")]
    [InlineData("""{"kind":"reserve","plans":[{"label":"a","event":{"kind":"gaussian","noiseMultiplier":"NaN"},"steps":1}]""")]
    [InlineData("""{"kind":"open","fingerprint":"FINGERPRINT","unit":"image","relation":"addOrRemoveOne","delta":0.5""")]
    public void ForgedRowsAreRefused(string forged)
    {
        Ledger.Reserve(Account(new Epsilon(4)), "run", [Plan(1000)]).Spend("steps", 300);
        var before = Ledger.Extract(Fingerprint);
        Assert.Equal(4, before.Rows.Count);
        var entry = $$"""{{forged.Replace("FINGERPRINT", Fingerprint, StringComparison.Ordinal)}},"number":5,"time":"2026-02-03T04:05:06+00:00","run":"run"}""";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{before.Head}\n{entry}")));
        Tamper($"INSERT INTO ledger_row (fingerprint, number, entry, hash) VALUES ('{Fingerprint}', 5, '{entry}', '{hash}');"
            + $"UPDATE ledger_account SET length = 5, head = '{hash}' WHERE fingerprint = '{Fingerprint}'");

        using var fresh = PrivacyLedger.Open(Location);
        Assert.DoesNotContain('\n', Assert.Throws<LedgerIntegrityException>(() => fresh.Extract(Fingerprint)).Message);
        Assert.Throws<LedgerIntegrityException>(() => Ledger.FindReservation(Fingerprint, "run"));
        Tamper($"DELETE FROM ledger_row WHERE fingerprint = '{Fingerprint}'; DELETE FROM ledger_account WHERE fingerprint = '{Fingerprint}'");
    }

    [Fact]
    public void CostsThatAreNoneAreRefusedAndLeaveNothing()
    {
        var reservation = Ledger.Reserve(Account(new Epsilon(4)), "run", [Plan(1000)]);
        var rows = Ledger.Extract(Fingerprint).Rows.Count;
        foreach (var steps in new[] { 0, -1, long.MinValue, long.MaxValue }) Assert.ThrowsAny<ArgumentException>(() => reservation.Spend("steps", steps));
        foreach (var steps in new[] { 0, -1, long.MaxValue }) Assert.ThrowsAny<ArgumentException>(() => Plan(steps));
        foreach (var wrong in new[] { double.NaN, -1, double.NegativeInfinity })
        {
            Assert.ThrowsAny<ArgumentException>(() => new GaussianEvent(wrong));
            Assert.ThrowsAny<ArgumentException>(() => new LaplaceEvent(wrong));
            Assert.ThrowsAny<ArgumentException>(() => new SamplingRate(wrong));
            Assert.ThrowsAny<ArgumentException>(() => new ZCdpEvent(wrong));
            Assert.ThrowsAny<ArgumentException>(() => new EpsilonDeltaEvent(new Epsilon(wrong), new Delta(0)));
            Assert.ThrowsAny<ArgumentException>(() => Ledger.SetCap(Fingerprint, new Epsilon(wrong), "custodian"));
            Assert.ThrowsAny<ArgumentException>(() => new LedgerAccount(Fingerprint, "image", Relation, new Delta(wrong)));
        }
        Assert.ThrowsAny<ArgumentException>(() => Ledger.RaiseCap(Fingerprint, new Epsilon(double.PositiveInfinity), "custodian"));
        Assert.Equal(rows, Ledger.Extract(Fingerprint).Rows.Count);
        Assert.Equal(1000, reservation.Remaining("steps"));
    }

    /// <summary>However large, a cost is shown as that or as infinite, and refused within seconds where there is a cap.</summary>
    [Fact]
    public void HugeCostsAreCountedInFull()
    {
        const long most = 1_000_000_000_000_000;
        Ledger.OpenAccount(Account(new Epsilon(10)), "custodian");
        var begin = Stopwatch.GetTimestamp();
        PrivacyEvent[] events = [Step, new GaussianEvent(1e-3), new GaussianEvent(0), new LaplaceEvent(1e-9), new EpsilonDeltaEvent(new Epsilon(1e300), new Delta(0)), new ZCdpEvent(1e300)];
        foreach (var (step, i) in events.Select((e, i) => (e, i)))
            Assert.Throws<LedgerCapException>(() => Ledger.Reserve(Account(), $"run {i}", [new LedgerPlan("steps", step, most)]));
        Assert.InRange(Stopwatch.GetElapsedTime(begin).TotalSeconds, 0, 20);

        Ledger.RaiseCap(Fingerprint, new Epsilon(double.MaxValue), "custodian");
        var held = Ledger.Reserve(Account(), "run", [new LedgerPlan("steps", Step, most)]);
        for (var i = 0; i < 3; i++) held.Spend("steps", most);
        var total = Ledger.Extract(Fingerprint);
        Assert.Equal(3 * most, total.Reservations.Single().Plans.Single().Spent);
        Assert.True(total.Spent.Upper >= 1e9);
    }

    /// <summary>The order is that of the rows; what they say of the time is for readers.</summary>
    [Fact]
    public void AClockThatGoesWrongChangesNothing()
    {
        DateTimeOffset[] times = [DateTimeOffset.MaxValue, DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch];
        for (var i = 0; i < times.Length; i++)
        {
            using var ledger = PrivacyLedger.Open(Location, new Clock(times[i]));
            ledger.Reserve(Account(), "run", [Plan(1000)]).Spend("steps", 100);
        }
        var extract = Ledger.Extract(Fingerprint);
        Assert.Equal(400, extract.Reservations.Single().Plans.Single().Spent);
        Assert.Equal(Enumerable.Range(1, 6).Select(n => (long)n), extract.Rows.Select(row => row.Entry.Number));
        Ledger.Verify();
    }

    /// <summary>Two runs that start at once under caps of their own: the lower one holds for both.</summary>
    [Fact]
    public void OfTwoCapsTheLowerHolds()
    {
        using var generous = PrivacyLedger.Open(Location);
        using var strict = PrivacyLedger.Open(Location);
        var (low, high) = (new Epsilon(Epsilon(Step.Times(100))), new Epsilon(Epsilon(Step.Times(1000))));
        generous.OpenAccount(Account(high), "generous");
        strict.OpenAccount(Account(low), "strict");

        Assert.Throws<LedgerCapException>(() => generous.Reserve(Account(high), "generous", [Plan(101)]));
        generous.Reserve(Account(high), "generous", [Plan(100)]);
        Assert.Throws<LedgerCapException>(() => strict.Reserve(Account(low), "strict", [Plan(1)]));
        Assert.Equal(low.Value, Ledger.Extract(Fingerprint).Cap);
    }

    [Fact]
    public void ACapThatSufficesForOneGoesToOne()
    {
        const int many = 8;
        var cap = new Epsilon(Epsilon(Step.Times(1000)));
        Ledger.OpenAccount(Account(cap), "custodian");
        var refused = 0;
        Parallel.For(0, many, new ParallelOptions { MaxDegreeOfParallelism = many }, i =>
        {
            using var own = PrivacyLedger.Open(Location);
            try
            {
                own.Reserve(Account(cap), $"run {i}", [Plan(1000)]);
            }
            catch (LedgerCapException)
            {
                Interlocked.Increment(ref refused);
            }
        });
        Assert.Equal(many - 1, refused);
        Assert.Equal(cap.Value, Ledger.Extract(Fingerprint).Reserved.Upper);
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
