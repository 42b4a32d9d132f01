using Understudy.Privacy.Tests.Sampling;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>Who takes part in a step, what sums are divided by, and what chance within a step gives away.</summary>
internal static class BatchChecks
{
    /// <summary>Each record pulls by exactly 1, so a step moves by the number drawn over the expected one. The noise, at ε = 10⁶, is 8 deviations within the tolerance. Half of the records that were declared exist.</summary>
    public static void Sums_are_divided_by_the_batch_expected(Start start)
    {
        const int batch = 10;
        var network = new Linear(1, 1, bias: false);
        using var trial = new Trial(network, Trial.PlanOf(new FlatClipping(1), batch, 40, 20, epsilon: 1e6), 20);
        Assert.InRange(trial.Plan.NoiseMultiplier.Value, 0, 0.05);
        using var steps = start(trial);
        for (var s = 0; s < 20; s++)
        {
            var drawn = 0;
            var move = trial.Move(steps, x =>
            {
                drawn += Trial.Numbers(x).Length;
                return network.Forward(Tensor.Ones([x.Size(0), 1])).Squeeze(1);
            })!;
            Assert.Equal(drawn, move[0] * batch, 0.4);
        }
    }

    /// <summary>No record at all, where 100 were declared.</summary>
    public static void An_empty_batch_steps_like_any_other(Start start)
    {
        var network = new Linear(2, 20);
        using var trial = new Trial(network, Trial.PlanOf(new FlatClipping(1), 10, 100, 1), 0);
        using var steps = start(trial);
        Assert.All(trial.Move(steps, x => network.Forward(x.Flatten(1)).Sum([1]))!, x => Assert.NotEqual(0, x));
        Assert.Null(trial.Move(steps, x => network.Forward(x.Flatten(1)).Sum([1])));
        Assert.Equal(1, trial.Spent);
    }

    /// <summary>12 records of 24 declared, 10 expected: q = 10/24, not 1/⌈24/10⌉ and not 10/12. Four statistics, each with a false-alarm rate of 2.5e-7.</summary>
    public static void Batches_are_Poisson_samples_at_the_rate_of_the_plan(Start start)
    {
        const int records = 12;
        var network = new Linear(2, 1, bias: false);
        using var trial = new Trial(network, Trial.PlanOf(new FlatClipping(1), 10, 24, 500), records);
        using var steps = start(trial);
        var batches = new List<int[]>();
        for (var s = 0; s < trial.Plan.Steps; s++)
        {
            var batch = new List<int>();
            trial.Move(steps, x =>
            {
                batch.AddRange(Trial.Numbers(x));
                return network.Forward(x.Flatten(1)).Squeeze(1);
            });
            batches.Add([.. batch]);
        }
        Assert.Empty(InclusionCheck.Violations(batches, records, 10.0 / 24, 2.5e-7));
    }

    /// <summary>What chance decides for records by their place in the batch must not be known: one record more shifts the places of all behind it.</summary>
    public static void Chance_within_losses_does_not_follow_the_experiments_seed(Start start) =>
        Assert.All(Chance(start, 20, atRecords: true).Zip(Chance(start, 20, atRecords: true)), pair => Assert.NotEqual(pair.First, pair.Second));

    /// <summary>Losses take numbers from the experiment's generator for each record; what it gives next is the same without any record.</summary>
    public static void Chance_after_a_step_does_not_tell_how_many_were_drawn(Start start) =>
        Assert.Equal(Chance(start, 0, atRecords: false), Chance(start, 20, atRecords: false));

    /// <summary>Which companion a record gets is neither its place nor of the experiment's seed: 20 choices out of 64 are the same with probability 1e-36.</summary>
    public static void Companions_are_chosen_by_secret_chance(Start start)
    {
        List<long> Run()
        {
            TorchRuntime.ManualSeed(5);
            var network = new Linear(2, 1);
            using var trial = new Trial(network, Trial.PlanOf(new FlatClipping(1), 20, 20, 1), 20);
            using var steps = start(trial);
            var numbers = new List<long>();
            trial.Move(
                steps,
                x =>
                {
                    // What was chosen to try the losses does not count.
                    if (Trial.Numbers(x).Length == 0) numbers.Clear();
                    return network.Forward(x.Flatten(1)).Squeeze(1);
                },
                fake: chosen =>
                {
                    numbers.AddRange(chosen.ToArray<long>());
                    return Tensor.Zeros([chosen.Size(0)]);
                });
            numbers.RemoveRange(0, numbers.Count - 20);
            Assert.All(numbers, number => Assert.InRange(number, 0, IPrivateSteps.Companions - 1));
            return numbers;
        }

        Assert.NotEqual(Run(), Run());
    }

    // Numbers of the experiment's generator that losses meet in the one step of a plan, or that come after it.
    private static float[] Chance(Start start, int records, bool atRecords)
    {
        TorchRuntime.ManualSeed(5);
        var network = new Linear(2, 1);
        using var trial = new Trial(network, Trial.PlanOf(new FlatClipping(1), 20, 20, 1), records);
        using var steps = start(trial);
        var seen = new List<float>();
        trial.Move(steps, x =>
        {
            var chance = Tensor.Rand([x.Size(0)]);
            if (Trial.Numbers(x).Length > 0) seen.AddRange(chance.ToArray<float>());
            return network.Forward(x.Flatten(1)).Squeeze(1) + chance;
        });
        return atRecords ? [.. seen] : Tensor.Rand([4]).ToArray<float>();
    }
}
