using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Tests.PlantedBugs;

/// <summary>Networks and losses in which one record reaches another's gradient: nothing is trained with them.</summary>
internal static class MixingChecks
{
    public static void Batch_normalisation_is_refused(Start start) => Refused(start, new Sequential(new Linear(2, 3), new BatchNorm1d(3), new Linear(3, 1)));

    public static void Nested_batch_normalisation_is_refused(Start start) =>
        Refused(start, new Sequential(new Linear(2, 3), new Sequential(new Sequential(new BatchNorm1d(3), new ReLU())), new Linear(3, 1)));

    /// <summary>No module of that name, and no parameter that would be trained.</summary>
    public static void Batch_normalisation_in_a_module_of_ones_own_is_refused(Start start)
    {
        Refused(start, new Sequential(new Linear(2, 3), new Own(x => Functional.BatchNorm(x, null, null, null, null, training: true)), new Linear(3, 1)));
        Refused(start, new Sequential(new Linear(2, 3), new Own(x => (x - x.Mean([0], keepDim: true)) / (x.Var([0], keepDim: true) + 1e-5).Sqrt()), new Linear(3, 1)));
    }

    /// <summary>Compared in the graph, and by a number that was taken out of it.</summary>
    public static void Losses_that_compare_records_are_refused(Start start)
    {
        Refused(start, Honest(), logits => (logits - logits.Mean()).Square());
        Refused(start, Honest(), logits => logits.Square() / (1 + logits.Detach().Abs().Max()));
    }

    private static Sequential Honest() => new(new Linear(2, 3), new Torch.Modules.Tanh(), new Linear(3, 1));

    private static void Refused(Start start, Module network, Func<Tensor, Tensor>? losses = null)
    {
        using var trial = new Trial(network, Trial.PlanOf(new FlatClipping(1), 4, 4, 1), 4);
        var before = trial.Weights;
        Assert.Throws<InputException>(() =>
        {
            using var steps = start(trial);
            steps.TryStep(x =>
            {
                var logits = network.Forward(x.Flatten(1)).Squeeze(1);
                return losses?.Invoke(logits) ?? logits;
            });
        });
        Assert.Equal(before, trial.Weights);
    }

    private sealed class Own(Func<Tensor, Tensor> map) : Module
    {
        public override Tensor Forward(Tensor x) => map(x);
    }
}
