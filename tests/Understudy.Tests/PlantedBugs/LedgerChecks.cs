using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>What the ledger holds, and when.</summary>
internal static class LedgerChecks
{
    /// <summary>While a step looks at its records, the ledger holds it for spent already.</summary>
    public static void A_step_is_paid_for_before_it_sees_a_record(Start start)
    {
        using var trial = NewTrial(steps: 12);
        using var steps = start(trial);
        for (var s = 1; s <= 12; s++)
        {
            var spent = -1L;
            trial.Move(steps, x =>
            {
                if (spent < 0 && Trial.Numbers(x).Length > 0) spent = trial.Spent;
                return Losses(trial, x);
            });
            Assert.True(spent >= s, $"{spent} steps are spent while step {s} runs");
        }
    }

    /// <summary>ε of the ledger is that of the rate B/N, the noise and the steps that there were; with the count of adaptive clipping, whose noise has deviation B/20. 24 of 240 declared records exist.</summary>
    public static void The_ledger_is_told_what_ran(Start start)
    {
        foreach (var (clipping, relation) in new[] { (new FlatClipping(1), NeighbouringRelation.ReplaceOne), (new AdaptiveClipping(1), NeighbouringRelation.AddOrRemoveOne) })
        {
            using var trial = new Trial(new Linear(2, 1), Trial.PlanOf(clipping, 100, 240, 12, relation: relation), 24);
            using var steps = start(trial);
            var done = 0;
            while (trial.Move(steps, x => Losses(trial, x)) is not null) done++;
            Assert.Equal(12, done);
            var sigma = trial.Plan.NoiseMultiplier.Value;
            var countSigma = 100 / 20.0 / 0.5;
            var together = clipping is AdaptiveClipping ? 1 / Math.Sqrt((1 / (sigma * sigma)) + (1 / (countSigma * countSigma))) : sigma;
            var ran = new GaussianEvent(together).Sampled(new SamplingRate(100.0 / 240)).Times(12);
            var expected = new TightestAccountant(relation).EpsilonAt(ran, new Delta(1e-5)).Upper.Value;
            using var ledger = trial.OpenLedger();
            Assert.InRange(ledger.Extract(trial.Account.Fingerprint).Spent.Upper, expected * 0.999, expected * 1.001);
        }
    }

    /// <summary>The cap is lowered below what is spent once ten steps have run. The step that the ledger refuses does not run, nor does any after it.</summary>
    public static void A_refused_payment_lets_no_step_run_now_or_later(Start start)
    {
        using var trial = NewTrial(steps: 30);
        using var steps = start(trial);
        for (var s = 0; s < 10; s++) Assert.NotNull(trial.Move(steps, x => Losses(trial, x)));
        using (var ledger = trial.OpenLedger()) ledger.SetCap(trial.Account.Fingerprint, new Epsilon(0.01), "custodian");
        var before = trial.Weights;
        for (var s = 0; s < 2; s++) Assert.Throws<LedgerCapException>(() => trial.Move(steps, x => Losses(trial, x)));
        Assert.Equal(before, trial.Weights);
    }

    /// <summary>Two processes that ended after three steps each, and a third: all that ran was paid for, and no more was reserved for it.</summary>
    public static void A_resumed_run_pays_again_for_what_it_repeats(Start start)
    {
        using var trial = NewTrial(steps: 25);
        var ran = 0;
        foreach (var most in new[] { 3, 3, 100 })
        {
            using var steps = start(trial);
            for (var s = 0; s < most && trial.Move(steps, x => Losses(trial, x)) is not null; s++) ran++;
        }
        Assert.InRange(ran, 6, 25);
        Assert.Equal(25, trial.Spent);
        using var ledger = trial.OpenLedger();
        Assert.Single(ledger.Extract(trial.Account.Fingerprint).Reservations);
    }

    /// <summary>A training that was disposed moves nothing any more.</summary>
    public static void A_training_that_was_disposed_takes_no_step(Start start)
    {
        using var trial = NewTrial(steps: 5);
        var steps = start(trial);
        Assert.NotNull(trial.Move(steps, x => Losses(trial, x)));
        steps.Dispose();
        var before = trial.Weights;
        Assert.ThrowsAny<Exception>(() => trial.Move(steps, x => Losses(trial, x)));
        Assert.Equal(before, trial.Weights);
    }

    private static Trial NewTrial(long steps) => new(new Linear(2, 1), Trial.PlanOf(new FlatClipping(1), 24, 24, steps), 24);

    private static Tensor Losses(Trial trial, Tensor x) => trial.Network.Forward(x.Flatten(1)).Squeeze(1);
}
