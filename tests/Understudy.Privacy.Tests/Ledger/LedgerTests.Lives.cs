using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Ledger.Rows;

namespace Understudy.Privacy.Tests.Ledger;

/// <summary>Long lives, of an account and of many processes.</summary>
public abstract partial class LedgerTests
{
    /// <summary>Random lives of an account against plain counters: whatever happens, what was spent is shown in full, and never shrinks.</summary>
    [Fact]
    public void WhateverHappensTheTotalIsNeverBelowWhatWasSpent()
    {
        var random = new Random(3);
        PrivacyEvent[] events = [new GaussianEvent(30), new GaussianEvent(50)];
        var spent = new long[events.Length];
        var (least, granted, refused) = (0.0, 0, 0);
        Ledger.OpenAccount(Account(new Epsilon(1)), "custodian");
        for (var act = 0; act < 150; act++)
        {
            var run = $"run{random.Next(4)}";
            var kind = random.Next(events.Length);
            var steps = random.Next(1, 30);
            var cap = Ledger.Extract(Fingerprint).Cap!.Value;
            var rows = Ledger.Extract(Fingerprint).Rows.Count;
            try
            {
                switch (random.Next(10))
                {
                    case 0:
                        Ledger.SetCap(Fingerprint, new Epsilon(0.97 * cap), "custodian");
                        break;
                    case 1:
                        Ledger.RaiseCap(Fingerprint, new Epsilon(1.05 * cap), "custodian");
                        break;
                    case 2:
                        Ledger.FindReservation(Fingerprint, run)?.Release();
                        break;
                    case < 6:
                        if (Ledger.FindReservation(Fingerprint, run) is not null) break;
                        Ledger.Reserve(Account(), run, [.. events.Select((e, i) => new LedgerPlan($"{i}", e, i == kind ? steps : 1))]);
                        granted++;
                        Assert.InRange(Ledger.Extract(Fingerprint).Reserved.Upper, 0, cap);
                        break;
                    default:
                        if (Ledger.FindReservation(Fingerprint, run) is not { } held) break;
                        held.Spend($"{kind}", steps);
                        spent[kind] += steps;
                        break;
                }
            }
            catch (LedgerCapException)
            {
                refused++;
                Assert.Equal(rows, Ledger.Extract(Fingerprint).Rows.Count);
            }
            var now = Ledger.Extract(Fingerprint);
            var truly = Tightest.EpsilonAt(events[0].Times(spent[0]).Then(events[1].Times(spent[1])), new Delta(TestDelta)).Lower.Value;
            Assert.Equal(spent, events.Select((_, i) => now.Reservations.Sum(r => r.Plans[i].Spent)));
            Assert.InRange(now.Spent.Upper, Math.Max(truly, least), now.Reserved.Upper);
            Assert.Equal(truly, now.Spent.Lower);
            least = now.Spent.Upper;
        }
        Assert.True(granted > 5 && refused > 10 && least > 0.3, $"{granted} granted, {refused} refused, {least} spent");
    }

    [Fact]
    public void ThreadsShareALedger()
    {
        var reservation = Ledger.Reserve(Account(), "run", [Plan(1000)]);

        Parallel.For(0, 40, _ => reservation.Spend("steps", 10));

        Assert.Equal(600, reservation.Remaining("steps"));
        Assert.Equal(42, Ledger.Verify() - Ledger.Fingerprints().Where(f => f != Fingerprint).Sum(f => Ledger.Extract(f).Rows.Count));
    }

    [Fact]
    public void KilledProcessesNeverLeaveLessThanTheyRan()
    {
        Ledger.Fingerprints();
        using var kills = new LedgerKills(Location, Fingerprint, cap: 10);
        kills.Run(Kills);

        var end = kills.Lower();

        // Half of the victims had run a step since they were started.
        Assert.True(end.Rows.Count(row => row.Entry is StepsSpent) >= Kills / 2);
    }

    [Fact]
    public void ProcessesNeverPassTheCapTogether()
    {
        const double cap = 0.5;
        Ledger.Fingerprints();
        using var workers = new LedgerKills(Location, Fingerprint, cap);

        var end = workers.Finish();

        Assert.InRange(end.Reserved.Upper, 0.7 * cap, cap);
        Assert.True(end.Reservations.Select(r => r.Run[..2]).Distinct().Count() > 1, "one worker took it all");
    }
}
