using Understudy.Privacy.Tests;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>How far a record can move a step. Every record is drawn, and at ε = 10⁶ the noise of a number is below 0.002 of the bound: 25 deviations fit into the tolerance.</summary>
internal static class ClippingChecks
{
    private const double Tolerance = 0.05;

    /// <summary>One record with a gradient of length 1000 in four parameters, by every way of clipping.</summary>
    public static void One_record_moves_a_step_by_at_most_the_bound(Start start)
    {
        foreach (var clipping in new Clipping[] { new FlatClipping(2), new PerLayerClipping(2), new AutomaticClipping(2), new AdaptiveClipping(2) })
        {
            var network = new Sequential(new Linear(2, 1), new Linear(1, 1));
            var sum = Sum(start, clipping, 1, network, x => network.Forward(x.Flatten(1)).Squeeze(1) * 1000)!;
            Assert.InRange(Norm(sum), 1, 2 * (1 + Tolerance));
        }
    }

    /// <summary>Three records pull with 1000 at the first weight, one with 0.5 at the second: each of the three adds 1.</summary>
    public static void Records_are_clipped_one_by_one(Start start)
    {
        var network = new Linear(2, 1, bias: false);
        var sum = Sum(start, new FlatClipping(1), 4, network, x => network.Forward(Pull(x, i => i < 3 ? (1000, 0) : (0, 0.5f))).Squeeze(1))!;
        Assert.Equal(3, sum[0], Tolerance);
        Assert.Equal(0.5, sum[1], Tolerance);
    }

    /// <summary>Both pull the same way with 1000.</summary>
    public static void Real_and_fake_parts_of_a_record_are_clipped_together(Start start)
    {
        var network = new Linear(2, 1, bias: false);
        var sum = Sum(start, new FlatClipping(1), 1, network, x => network.Forward(Pull(x, _ => (1000, 0))).Squeeze(1), numbers => network.Forward(Tensor.From([1000f, 0], 1, 2).Repeat(numbers.Size(0), 1)).Squeeze(1))!;
        Assert.InRange(Norm(sum), 1 - Tolerance, 1 + Tolerance);
    }

    /// <summary>Of three records one has no finite gradient: the sum is that of the others.</summary>
    public static void A_broken_record_adds_nothing_and_spoils_no_other(Start start)
    {
        foreach (var broken in new[] { float.NaN, float.PositiveInfinity, 1e38f })
        {
            var network = new Linear(2, 1, bias: false);
            var sum = Sum(start, new FlatClipping(1), 3, network, x => network.Forward(Pull(x, i => i == 1 ? (broken, broken) : (0.5f, 0))).Squeeze(1))!;
            Assert.True(sum.All(double.IsFinite), $"a gradient of {broken} reached the network");
            if (broken is not 1e38f) Assert.Equal(1, sum[0], Tolerance);
            Assert.InRange(Norm(sum), 0, 2 + Tolerance);
        }
    }

    /// <summary>300 records of which each pulls with 1; the losses fail at the 257th record of the first step, in a micro-batch of its own. The next step moves by 300, not by 556.</summary>
    public static void A_step_that_failed_leaves_nothing_to_the_next(Start start)
    {
        const int records = 300;
        var network = new Linear(2, 1, bias: false);
        using var trial = new Trial(network, Trial.PlanOf(new FlatClipping(1), records, records, 2, epsilon: 1e6), records);
        using var steps = start(trial);
        var (seen, last) = (0, 256);
        Tensor Losses(Tensor x)
        {
            seen += Trial.Numbers(x).Length;
            if (seen > last) throw new InvalidOperationException("planted");
            return network.Forward(Tensor.From([1f, 0], 1, 2).Repeat(x.Size(0), 1)).Squeeze(1);
        }

        Assert.Throws<InvalidOperationException>(() => trial.Move(steps, Losses));
        last = int.MaxValue;
        Assert.Equal(records, trial.Move(steps, Losses)![0] * records, records * Tolerance);
    }

    /// <summary>
    /// Ten norms far above the bound, ten far below: the share within the bound is ½ and its noise is seen in how the bound moves, by which the ten
    /// pull. 59 moves; false alarms: 1e-6.
    /// </summary>
    public static void The_count_of_adaptive_clipping_is_noised(Start start)
    {
        const int records = 20, steps = 60;
        var network = new Linear(2, 1, bias: false);
        using var trial = new Trial(network, Trial.PlanOf(new AdaptiveClipping(1, quantile: 0.5, learningRate: 0.2), records, records, steps, epsilon: 1e6), records);
        using var training = start(trial);
        var bounds = Enumerable.Range(0, steps)
            .Select(_ => trial.Move(training, x => network.Forward(Pull(x, i => i < 10 ? (1e6f, 0) : (1e-6f, 0))).Squeeze(1))![0] * records / 10)
            .ToArray();
        // log C moves by -0.2 (noise/20), with noise of deviation 1.
        var noise = bounds.Skip(1).Zip(bounds, (after, before) => Math.Log(after / before) / -0.2 * records).ToArray();
        var upper = Statistics.ChiSquareTail(noise.Sum(x => x * x), noise.Length);
        Assert.True(upper is > 5e-7 and < 1 - 5e-7, $"the count's noise has variance {noise.Average(x => x * x)}, not 1");
    }

    // What the step's only sum is, from a plan in which every record is drawn.
    private static double[]? Sum(Start start, Clipping clipping, int records, Module network, Func<Tensor, Tensor> real, Func<Tensor, Tensor>? fake = null)
    {
        using var trial = new Trial(network, Trial.PlanOf(clipping, records, records, 1, epsilon: 1e6), records);
        using (Autograd.NoGrad()) foreach (var parameter in network.Parameters) parameter.Fill(0.5);
        using var steps = start(trial);
        return trial.Move(steps, real, fake) is { } move ? Array.ConvertAll(move, x => x * records) : null;
    }

    // The gradient of Linear(2, 1) that each record shall have; images that are no records have none.
    private static Tensor Pull(Tensor x, Func<int, (float, float)> of)
    {
        var numbers = Trial.Numbers(x);
        if (numbers.Length == 0) return x.Flatten(1) * 0;
        return Tensor.From(numbers.SelectMany(i => new[] { of(i).Item1, of(i).Item2 }).ToArray(), numbers.Length, 2);
    }

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(v => v * v));
}
