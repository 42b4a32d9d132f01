using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Ledger.Rows;

namespace Understudy.Privacy.Tests.Ledger;

public sealed class LedgerEntryTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static readonly LedgerEntry[] Entries =
    [
        new AccountOpened(1, Time, "run", new string('a', 64), "patient", NeighbouringRelation.ReplaceSpecial, 1e-6),
        new CapSet(2, Time, "custodian", 3.5, IsRaised: true),
        new StepsAdded(4, Time, "run", 3, "steps", 7),
        new StepsSpent(5, Time, "run \"quoted\" ε", 3, "steps", 9),
        new ReservationReleased(6, Time, "run", 3),
        new UnaccountedRead(7, Time, "run", "class counts", "none"),
    ];

    [Fact]
    public void EveryRowIsReadAsItWasWritten()
    {
        foreach (var entry in Entries) Assert.Equal(entry, LedgerEntryJson.Read(LedgerEntryJson.Write(entry)));
    }

    [Fact]
    public void EveryKindOfEventIsReadAsItWasWritten()
    {
        foreach (var e in EventSamples.All)
        {
            var entry = new StepsReserved(3, Time, "run", [new LedgerPlan("steps", e, 1000)], Order: 7.25);
            var read = Assert.IsType<StepsReserved>(LedgerEntryJson.Read(LedgerEntryJson.Write(entry)));
            Assert.Equal(entry.Plans, read.Plans);
            Assert.Equal(entry with { Plans = read.Plans }, read);
        }
    }

    /// <summary>Stored rows outlive versions of the program: their text must not drift.</summary>
    [Fact]
    public void TheTextOfARowIsFixed()
    {
        var entry = new StepsReserved(3, Time, "run", [new LedgerPlan("steps", new GaussianEvent(1.5).Sampled(new SamplingRate(0.25)), 10)], Order: 7.25);

        Assert.Equal(
            """
            {"kind":"reserve","plans":[{"event":{"kind":"poisson-sampled","rate":0.25,"event":{"kind":"gaussian","noiseMultiplier":1.5}},"label":"steps","steps":10}],"order":7.25,"number":3,"time":"2026-02-03T04:05:06+00:00","run":"run"}
            """,
            LedgerEntryJson.Write(entry));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"kind":"refund","number":1,"time":"2026-02-03T04:05:06+00:00","run":"run"}""")]
    [InlineData("""{"kind":"release","number":1,"time":"2026-02-03T04:05:06+00:00","run":"run"}""")]
    [InlineData("""{"kind":"release","reservation":1,"number":1,"time":"2026-02-03T04:05:06+00:00","run":"run","also":1}""")]
    [InlineData("""{"kind":"reserve","plans":[{"label":"a","event":{"kind":"gaussian","noiseMultiplier":-1},"steps":1}],"number":1,"time":"2026-02-03T04:05:06+00:00","run":"run"}""")]
    [InlineData("""{"kind":"reserve","plans":[{"label":"a","event":{"kind":"magic"},"steps":1}],"number":1,"time":"2026-02-03T04:05:06+00:00","run":"run"}""")]
    public void WhatIsNoRowIsRefused(string text) => Assert.Throws<FormatException>(() => LedgerEntryJson.Read(text));
}
