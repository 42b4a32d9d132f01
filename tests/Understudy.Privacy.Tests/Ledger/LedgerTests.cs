using System.Security.Cryptography;
using System.Text;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Ledger.Rows;

namespace Understudy.Privacy.Tests.Ledger;

/// <summary>What a ledger does, wherever it is kept.</summary>
public abstract partial class LedgerTests : IDisposable
{
    private protected const double TestDelta = 1e-5;
    private const NeighbouringRelation Relation = NeighbouringRelation.AddOrRemoveOne;

    private static readonly PrivacyEvent Step = new GaussianEvent(2).Sampled(new SamplingRate(0.02));
    private static readonly TightestAccountant Tightest = new(Relation);

    private PrivacyLedger? opened;

    /// <summary>Where the ledger of these tests is; others may use it at the same time.</summary>
    protected abstract string Location { get; }

    /// <summary>How many processes to kill.</summary>
    protected abstract int Kills { get; }

    private protected PrivacyLedger Ledger => opened ??= PrivacyLedger.Open(Location);

    /// <summary>A data set of this test's own.</summary>
    private protected string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Guid.NewGuid().ToString())));

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    protected virtual void Close() => opened?.Dispose();

    [Fact]
    public void PlansFixedInAdvanceCostWhatTheTightestAccountantSays()
    {
        var reservation = Ledger.Reserve(Account(), "run", [Plan(1000), new LedgerPlan("bounds", new LaplaceEvent(10), 2)]);
        var whole = Epsilon(Step.Times(1000).Then(new LaplaceEvent(10).Times(2)));

        var before = Ledger.Extract(Fingerprint);
        Assert.Equal((0, whole), (before.Spent.Upper, before.Reserved.Upper));

        reservation.Spend("steps", 400);
        var part = Ledger.Extract(Fingerprint);
        Assert.Equal((600, 2), (reservation.Remaining("steps"), reservation.Remaining("bounds")));
        Assert.Equal(Epsilon(Step.Times(400)), part.Spent.IfFixedInAdvance);
        Assert.InRange(part.Spent.Upper, part.Spent.IfFixedInAdvance, whole);
        Assert.Equal(whole, part.Reserved.Upper);

        reservation.Spend("steps", 600);
        reservation.Spend("bounds", 2);
        Assert.Equal(whole, Ledger.Extract(Fingerprint).Spent.Upper);
    }

    [Fact]
    public void AReservationThatPassesTheCapIsRefusedAndLeavesNothing()
    {
        var cap = new Epsilon(Epsilon(Step.Times(1000)));
        Ledger.Reserve(Account(cap), "first", [Plan(600)]);
        var rows = Ledger.Extract(Fingerprint).Rows.Count;

        var refusal = Assert.Throws<LedgerCapException>(() => Ledger.Reserve(Account(cap), "second", [Plan(401)]));

        Assert.Equal((0, Epsilon(Step.Times(600)), cap), (refusal.Spent.Value, refusal.Reserved.Value, refusal.Cap));
        Assert.Equal((Epsilon(Step.Times(401)), Epsilon(Step.Times(1001))), (refusal.Asked.Value, refusal.Total.Value));
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(rows, Ledger.Extract(Fingerprint).Rows.Count);
        Ledger.Reserve(Account(cap), "second", [Plan(400)]);
        Assert.Equal(cap.Value, Ledger.Extract(Fingerprint).Reserved.Upper);
    }

    [Fact]
    public void PlansChosenAfterResultsMustPassTheFilter()
    {
        var cap = new Epsilon(Epsilon(Step.Times(1000)));
        var first = Ledger.Reserve(Account(cap), "first", [Plan(100)]);
        first.Spend("steps");

        // 900 more would fit if they had been fixed in advance.
        var refusal = Assert.Throws<LedgerCapException>(() => Ledger.Reserve(Account(cap), "second", [Plan(900)]));
        Ledger.Reserve(Account(cap), "second", [Plan(400)]);

        var reserved = Ledger.Extract(Fingerprint).Reserved;
        Assert.Equal("Rényi filter", reserved.Accountant);
        Assert.Equal(Epsilon(Step.Times(500)), reserved.IfFixedInAdvance);
        Assert.InRange(reserved.Upper, new RdpAccountant(Relation).EpsilonAt(Step.Times(500), new Delta(TestDelta)).Upper.Value, cap.Value);
        Assert.True(refusal.Total.Value > cap.Value);
        Assert.Equal([true, false], Ledger.Extract(Fingerprint).Reservations.Select(r => r.FixedInAdvance));
    }

    /// <summary>The tightest accountant says nothing about stopping by results and going on with something else.</summary>
    [Fact]
    public void GivingBackStepsThatOnlyTheTightestAccountantAllowedLeavesNothingForOthers()
    {
        var cap = new Epsilon(Epsilon(Step.Times(1000)));
        var first = Ledger.Reserve(Account(cap), "first", [Plan(1000)]);
        first.Spend("steps", 10);
        first.Release();

        Assert.Throws<LedgerCapException>(() => Ledger.Reserve(Account(cap), "second", [Plan(1)]));
        Assert.Equal(10, Ledger.Extract(Fingerprint).Reservations[0].Plans[0].Reserved);
    }

    [Fact]
    public void WhatIsGivenBackBeforeAnyResultIsFreeAgain()
    {
        var cap = new Epsilon(Epsilon(Step.Times(1000)));
        Ledger.Reserve(Account(cap), "first", [Plan(1000)]).Release();
        Ledger.Reserve(Account(cap), "second", [Plan(1000)]);

        Assert.Equal(cap.Value, Ledger.Extract(Fingerprint).Reserved.Upper);
    }

    [Fact]
    public void ReleaseGivesBackOnlyWhatWasNeverSpent()
    {
        var reservation = Ledger.Reserve(Account(), "run", [Plan(1000)]);
        reservation.Spend("steps", 300);
        reservation.Release();
        reservation.Release();

        var plan = Assert.Single(Assert.Single(Ledger.Extract(Fingerprint).Reservations).Plans);
        Assert.Equal((300, 300), (plan.Reserved, plan.Spent));
        Assert.Equal(0, reservation.Remaining("steps"));
        Assert.Contains("was released", Assert.Throws<LedgerException>(() => reservation.Spend("steps")).Message, StringComparison.Ordinal);
        Assert.Single(Ledger.Extract(Fingerprint).Rows, row => row.Entry is ReservationReleased);
    }

    [Fact]
    public void ARunTakesUpItsOwnReservation()
    {
        Ledger.Reserve(Account(), "run", [Plan(1000)]).Spend("steps", 300);

        using var later = PrivacyLedger.Open(Location);
        var resumed = later.Reserve(Account(), "run", [Plan(1000)]);

        Assert.True(resumed.IsResumed);
        Assert.Equal(700, resumed.Remaining("steps"));
        Assert.Equal(resumed.Number, later.FindReservation(Fingerprint, "run")!.Number);
        Assert.Null(later.FindReservation(Fingerprint, "other"));
        Assert.Contains("with other plans", Assert.Throws<LedgerException>(() => later.Reserve(Account(), "run", [Plan(1001)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SpendingPastTheReservationExtendsItWhereTheCapAllows()
    {
        var free = Ledger.Reserve(Account(), "run", [Plan(100)]);
        free.Spend("steps", 90);
        free.Spend("steps", 30);

        var plan = Ledger.Extract(Fingerprint).Reservations[0].Plans[0];
        Assert.Equal((120, 120, 0), (plan.Reserved, plan.Spent, free.Remaining("steps")));
        Assert.Equal("Rényi filter", Ledger.Extract(Fingerprint).Reserved.Accountant);

        Ledger.SetCap(Fingerprint, new Epsilon(Ledger.Extract(Fingerprint).Reserved.Upper), "custodian");
        Assert.Throws<LedgerCapException>(() => free.Spend("steps"));
        Assert.Equal(120, Ledger.Extract(Fingerprint).Reservations[0].Plans[0].Spent);
    }

    [Fact]
    public void ALoweredCapStopsRunsThatHoldMore()
    {
        var reservation = Ledger.Reserve(Account(new Epsilon(4)), "run", [Plan(1000)]);
        reservation.Spend("steps", 100);
        var cap = Ledger.Extract(Fingerprint).Spent.Upper + 0.05;
        Ledger.SetCap(Fingerprint, new Epsilon(cap), "custodian");

        reservation.Spend("steps", 10);
        var refusal = Assert.Throws<LedgerCapException>(() => reservation.Spend("steps", 800));
        Assert.True(refusal.Total.Value > cap);
        Ledger.RaiseCap(Fingerprint, new Epsilon(cap + 0.01), "custodian");
        Assert.Throws<LedgerCapException>(() => reservation.Spend("steps", 800));
        Assert.Equal(110, Ledger.Extract(Fingerprint).Reservations[0].Plans[0].Spent);
    }

    [Fact]
    public void RaisingTheCapIsAnActOfItsOwnAndRecorded()
    {
        Ledger.OpenAccount(Account(new Epsilon(2)), "custodian");
        Assert.Contains("--raise", Assert.Throws<LedgerException>(() => Ledger.SetCap(Fingerprint, new Epsilon(3), "me")).Message, StringComparison.Ordinal);
        Ledger.SetCap(Fingerprint, new Epsilon(1), "me");
        Ledger.OpenAccount(Account(new Epsilon(5)), "me");
        Assert.Equal(1, Ledger.Extract(Fingerprint).Cap);
        Assert.Throws<LedgerException>(() => Ledger.RaiseCap(Fingerprint, new Epsilon(0.5), "me"));

        Ledger.RaiseCap(Fingerprint, new Epsilon(3), "me");

        var extract = Ledger.Extract(Fingerprint);
        Assert.Equal(3, extract.Cap);
        Assert.Equal([(2, false), (1, false), (3, true)], extract.Rows.Select(row => row.Entry).OfType<CapSet>().Select(cap => (cap.Cap, cap.IsRaised)));
    }

    [Fact]
    public void OneDataSetHasOneUnitRelationAndDelta()
    {
        Ledger.OpenAccount(Account(), "run");
        LedgerAccount[] others =
        [
            new(Fingerprint, "patient", Relation, new Delta(TestDelta)),
            new(Fingerprint, "image", NeighbouringRelation.ReplaceOne, new Delta(TestDelta)),
            new(Fingerprint, "image", Relation, new Delta(1e-6)),
        ];
        foreach (var other in others)
        {
            var refusal = Assert.Throws<LedgerException>(() => Ledger.Reserve(other, "run", [Plan(1)]));
            Assert.Contains("one data set has one unit, relation and delta", refusal.Message, StringComparison.Ordinal);
            Assert.Throws<LedgerException>(() => Ledger.RecordUnaccounted(other, "run", "class counts", "no mechanism"));
        }
        Assert.Single(Ledger.Extract(Fingerprint).Rows);
    }

    [Fact]
    public void UnaccountedReadsAreListedOnceARun()
    {
        Ledger.RecordUnaccounted(Account(), "run", "class counts", "sizes of the synthetic classes");
        Ledger.RecordUnaccounted(Account(), "run", "class counts", "sizes of the synthetic classes");
        Ledger.RecordUnaccounted(Account(), "other", "class counts", "sizes of the synthetic classes");

        Assert.Equal(["run", "other"], Ledger.Extract(Fingerprint).Unaccounted.Select(read => read.Run));
    }

    [Fact]
    public void NothingIsReservedThatNoAccountantKnows()
    {
        Assert.Throws<UnsupportedEventException>(() => Ledger.Reserve(Account(), "run", [new LedgerPlan("count", new UnaccountedEvent("counts"), 1)]));
        Assert.Throws<ArgumentException>(() => Ledger.Reserve(Account(), "run", []));
        Assert.Throws<ArgumentException>(() => Ledger.Reserve(Account(), "run", [Plan(1), Plan(2)]));
        Assert.Throws<ArgumentException>(() => Ledger.Reserve(Account(), " ", [Plan(1)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan(0));
        Assert.Throws<ArgumentException>(() => new LedgerAccount("abc", "image", Relation, new Delta(TestDelta)));
        Assert.Contains("no account", Assert.Throws<LedgerException>(() => Ledger.Extract(Fingerprint)).Message, StringComparison.Ordinal);

        var reservation = Ledger.Reserve(Account(), "run", [Plan(1)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => reservation.Spend("steps", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => reservation.Spend("steps", -1));
        Assert.Contains("it has 'steps'", Assert.Throws<LedgerException>(() => reservation.Spend("stesp")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoPrivacyIsAnInfiniteTotalThatNoCapAllows()
    {
        Assert.Throws<LedgerCapException>(() => Ledger.Reserve(Account(new Epsilon(1e6)), "run", [new LedgerPlan("all", new NonPrivateEvent(), 1)]));
        var other = new LedgerAccount(Fingerprint, "image", Relation, new Delta(TestDelta));

        Ledger.Reserve(other, "run", [new LedgerPlan("all", new NonPrivateEvent(), 1)]).Spend("all");

        Assert.Equal(double.PositiveInfinity, Ledger.Extract(Fingerprint).Spent.Upper);
    }

    [Fact]
    public void AClosedLedgerIsClosed()
    {
        var ledger = PrivacyLedger.Open(Location);
        var reservation = ledger.Reserve(Account(), "run", [Plan(10)]);
        ledger.Dispose();

        Assert.Throws<ObjectDisposedException>(() => reservation.Spend("steps"));
        Assert.Equal(0, Ledger.Extract(Fingerprint).Reservations[0].Plans[0].Spent);
    }

    private protected static LedgerPlan Plan(long steps) => new("steps", Step, steps);

    private protected LedgerAccount Account(Epsilon? cap = null) => new(Fingerprint, "image", Relation, new Delta(TestDelta), cap);

    /// <summary>Runs SQL behind the ledger's back.</summary>
    protected abstract void Tamper(string sql);

    private static double Epsilon(PrivacyEvent privacyEvent) => Tightest.EpsilonAt(privacyEvent, new Delta(TestDelta)).Upper.Value;
}
