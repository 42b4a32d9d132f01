using Understudy.Privacy.Noise;
using Understudy.Privacy.Tests;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>How much noise a step adds, where, and whose. Noise comes from the operating system, so nothing here is seeded; each statistic raises a false alarm once in 4 million runs.</summary>
internal static class NoiseChecks
{
    private const double FalseAlarm = 2.5e-7;

    /// <summary>Without gradients the updates are the noise: Σ (update/(σC/B))² is χ². C is not 1, and B divides.</summary>
    public static void Noise_has_the_deviation_of_the_plan(Start start)
    {
        foreach (var plan in new[] { Trial.PlanOf(new FlatClipping(3), 10, 20, 10), Trial.PlanOf(new PerLayerClipping(3), 20, 20, 10), Trial.PlanOf(new AutomaticClipping(3), 20, 20, 10) })
            AssertUnit(Moves(start, plan, 20, Layers(500)).SelectMany(step => step), "noise over the plan's");
    }

    /// <summary>600 records in three micro-batches.</summary>
    public static void Noise_is_added_once_whatever_the_micro_batches(Start start) =>
        AssertUnit(Moves(start, Trial.PlanOf(new FlatClipping(2), 600, 600, 3), 600, Layers(200)).SelectMany(step => step), "noise over the plan's");

    /// <summary>Products of neighbouring numbers, parameters and steps have mean 0 and variance 1, and sums of all numbers of a step are no longer than of independent ones.</summary>
    public static void Noise_is_fresh_for_every_number_parameter_and_step(Start start)
    {
        var steps = Moves(start, Trial.PlanOf(new FlatClipping(2), 20, 20, 12), 20, Layers(300));
        var half = steps[0].Length / 2;
        AssertUncorrelated(steps.SelectMany(z => z.Skip(1).Zip(z)), "neighbouring numbers");
        AssertUncorrelated(steps.SelectMany(z => z.Skip(half).Zip(z)), "two parameters");
        AssertUncorrelated(steps.Skip(1).SelectMany((z, s) => z.Zip(steps[s])), "two steps");
        AssertUnit(steps.Select(z => z.Sum() / Math.Sqrt(z.Length)), "a step's sum over its deviation");
    }

    /// <summary>Two trainings of one seed; of 1200 numbers none is the same.</summary>
    public static void Noise_does_not_follow_the_experiments_seed(Start start)
    {
        double[] Run()
        {
            TorchRuntime.ManualSeed(7);
            return Moves(start, Trial.PlanOf(new FlatClipping(2), 20, 20, 1), 20, Layers(300))[0];
        }

        Assert.All(Run().Zip(Run()), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    /// <summary>A parameter that only the free loss moves moves by its plain gradient; those that records move have their noise.</summary>
    public static void Noise_goes_where_records_go(Start start)
    {
        using var own = new Linear(1, 1, bias: false);
        var network = Layers(300);
        using var trial = new Trial(network, Trial.PlanOf(new FlatClipping(2), 20, 20, 1), 20, network.Parameters.Concat(own.Parameters));
        using var steps = start(trial);
        var before = own.Weight.ToArray<float>()[0];
        var move = trial.Move(steps, x => network.Forward(x.Flatten(1)).Sum([1]) * 0, free: () => own.Forward(Tensor.Full([1, 1], 3.0)).Sum())!;
        AssertUnit(move.Select(x => x / Deviation(trial.Plan)), "noise over the plan's");
        Assert.Equal(3, before - own.Weight.ToArray<float>()[0], 1e-5);
    }

    /// <summary>A number of 32 bits is a number of 64 bits whose last 29 are 0: noise of 32 bits would leave those of a sum of 64 bits as they are.</summary>
    public static void Noise_has_the_precision_of_the_parameters(Start start)
    {
        var network = new Linear(2, 100, bias: false);
        network.To(DType.Float64);
        using var trial = new Trial(network, Trial.PlanOf(new FlatClipping(2), 16, 16, 1), 16);
        using (Autograd.NoGrad()) network.Weight.Zero();
        using var steps = start(trial);
        Assert.All(trial.Move(steps, x => network.Forward(x.Flatten(1).To(DType.Float64)).Sum([1]) * 0)!, x => Assert.NotEqual((float)x, x));
    }

    /// <summary>Noise that cannot be drawn after the words that other uses take, and a bound without end, for which there is none: the step fails and moves nothing.</summary>
    public static void Without_noise_there_is_no_step(Start start)
    {
        foreach (var (clipping, noise) in new (Clipping, NoiseSource?)[] { (new FlatClipping(2), new FailingNoise(1)), (new FlatClipping(double.PositiveInfinity), null) })
        {
            var network = Layers(5);
            using var trial = new Trial(network, Trial.PlanOf(clipping, 20, 20, 2), 20) { Noise = noise };
            using var steps = start(trial);
            var before = trial.Weights;
            Assert.ThrowsAny<Exception>(() => steps.TryStep(x => network.Forward(x.Flatten(1)).Sum([1])));
            Assert.Equal(before, trial.Weights);
        }
    }

    private static Sequential Layers(int outputs) => new(new Linear(2, outputs, bias: false), new Linear(outputs, 2, bias: false));

    private static double Deviation(DpPlan plan) => plan.NoiseMultiplier.Value * plan.Clipping.Bound / plan.BatchSize;

    // Updates of steps without gradients, over their deviation.
    private static double[][] Moves(Start start, DpPlan plan, int records, Module network)
    {
        using var trial = new Trial(network, plan, records);
        using var steps = start(trial);
        var moves = new double[plan.Steps][];
        for (var s = 0; s < moves.Length; s++)
        {
            // From 0, so that no digit of the noise is lost in the weights'.
            using (Autograd.NoGrad()) foreach (var parameter in network.Parameters) parameter.Zero();
            moves[s] = Array.ConvertAll(trial.Move(steps, x => network.Forward(x.Flatten(1)).Sum([1]) * 0)!, x => x / Deviation(plan));
        }
        return moves;
    }

    private static void AssertUnit(IEnumerable<double> values, string what)
    {
        var all = values.ToArray();
        var upper = Statistics.ChiSquareTail(all.Sum(x => x * x), all.Length);
        Assert.True(upper is > FalseAlarm / 2 and < 1 - (FalseAlarm / 2), $"{what} has variance {all.Average(x => x * x)}, not 1");
    }

    private static void AssertUncorrelated(IEnumerable<(double, double)> pairs, string what)
    {
        var products = pairs.Select(pair => pair.Item1 * pair.Item2).ToArray();
        var z = products.Sum() / Math.Sqrt(products.Length);
        Assert.True(Statistics.TwoSided(z) > FalseAlarm, $"{what} are correlated: z = {z}");
    }
}
