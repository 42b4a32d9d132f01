using Understudy.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Tests.Training.Private;

/// <summary>Networks and losses whose records cannot be taken apart are refused by name, in one line.</summary>
public sealed class RefusalTests
{
    private static readonly Clipping Bound = new FlatClipping(1);

    [Fact]
    public void Batch_normalisation_is_refused_with_its_place()
    {
        using var network = new Sequential(new Conv2d(1, 2, 3), new Sequential(new BatchNorm2d(2)));
        Refused("BatchNorm2d '1.0' mixes the records of a batch", () => new ClippedGradient(network, Bound).Dispose());
        // Frozen, it mixes all the same.
        network[1].Freeze();
        Refused("use GroupNorm or LayerNorm", () => new ClippedGradient(network, Bound).Dispose());
        network[1].Eval();
        using var gradient = new ClippedGradient(network, Bound);
        // Turned on again behind the construction's back.
        network[1].Unfreeze();
        network[1].Train();
        using var all = Trained(network);
        Refused("batch normalisation mixes the records", () => all.Accumulate(() => network.Forward(Tensor.RandN([2, 1, 5, 5])).Flatten(1).Sum([1])));

        static ClippedGradient Trained(Module network)
        {
            network.Eval();
            var gradient = new ClippedGradient(network, Bound);
            network.Train();
            return gradient;
        }
    }

    [Fact]
    public void Parameters_outside_layers_are_refused_by_name()
    {
        using var network = new Scaled();
        using var gradient = new ClippedGradient(network, Bound);
        Refused("the parameter 'scale' is used outside the layers", () => gradient.Accumulate(() => network.Forward(Tensor.RandN([3, 2])).Sum([1])));
        using var expanded = new ClippedGradient(network, Bound, new PerformanceOptions { Norms = NormMethod.Expansion });
        Refused("the parameter 'scale' is used outside the layers", () => expanded.Accumulate(() => network.Forward(Tensor.RandN([3, 2])).Sum([1])));
        Refused("the parameter 'scale' is used outside the layers", () => MixingProbe.Check(network, batch => network.Forward(batch[0]).Sum([1]), Tensor.RandN([3, 2])));
    }

    [Fact]
    public void Penalties_on_weights_are_refused()
    {
        using var network = Networks.Perceptron();
        using var gradient = new ClippedGradient(network, Bound);
        Refused(
            "the parameter '0.weight' is used outside the layers",
            () => gradient.Accumulate(() => network.Forward(Tensor.RandN([3, 6])).Squeeze(1) + network.Parameters[0].Square().Sum()));
    }

    [Fact]
    public void A_view_of_a_weight_is_refused()
    {
        using var layer = new Linear(4, 4);
        using var gradient = new ClippedGradient(layer, Bound);
        Refused(
            "the parameter 'weight' is used outside the layers",
            () => gradient.Accumulate(() => Functional.Linear(Tensor.RandN([3, 4]), layer.Weight.Transpose(0, 1), null).Sum([1])));
    }

    [Fact]
    public void Losses_must_be_one_for_each_record()
    {
        using var network = Networks.Perceptron();
        using var gradient = new ClippedGradient(network, Bound);
        Refused("the losses have shape []", () => gradient.Accumulate(() => network.Forward(Tensor.RandN([3, 6])).Mean()));
        Refused("the losses have shape [3, 1]", () => gradient.Accumulate(() => network.Forward(Tensor.RandN([3, 6]))));
        Refused("a Linear layer sees 6 rows where there are 3 losses", () => gradient.Accumulate(() => network.Forward(Tensor.RandN([6, 6])).Reshape(3, 2).Sum([1])));
        using var expanded = new ClippedGradient(network, Bound, new PerformanceOptions { Norms = NormMethod.Expansion });
        Refused("a Linear layer sees 6 rows where there are 3 losses", () => expanded.Accumulate(() => network.Forward(Tensor.RandN([6, 6])).Reshape(3, 2).Sum([1])));
        Refused("meets 3 records in one layer and 6 in another", () => expanded.Accumulate(() => network.Forward(Tensor.RandN([3, 6])).Squeeze(1) + network.Forward(Tensor.RandN([6, 6])).Reshape(3, 2).Sum([1])));
    }

    [Fact]
    public void Networks_without_parameters_to_bound_are_refused()
    {
        using var network = Networks.Perceptron();
        network.To(DType.BFloat16);
        Refused("the parameter '0.weight' is BFloat16", () => new ClippedGradient(network, Bound).Dispose());
        network.Freeze();
        Refused("Sequential has no parameter to train", () => new ClippedGradient(network, Bound).Dispose());
    }

    public static TheoryData<string> Mixers => [.. Mixing.Keys];

    // Ways to let one record reach another's loss, and what the message names.
    private static readonly Dictionary<string, (Func<Module, Tensor, Tensor> Losses, string Where)> Mixing = new()
    {
        ["mean of the batch before the network"] = ((network, x) => network.Forward(x - x.Mean([0], keepDim: true)).Squeeze(1), "of its batch,"),
        ["detached statistics"] = ((network, x) => (network.Forward(x) / (1 + network.Forward(x).Detach().Abs().Mean())).Squeeze(1), "of its batch,"),
        ["records compared in the loss"] = ((network, x) => (network.Forward(x) - network.Forward(x).Mean()).Squeeze(1).Square(), "of its batch after the layer of '4.bias'"),
        ["a softmax over the batch"] = ((network, x) => Functional.LogSoftmax(network.Forward(x).Squeeze(1), 0), "of its batch after the layer of '4.bias'"),
        ["the next record's loss"] = ((network, x) => network.Forward(x).Squeeze(1).Roll([1], [0]), "of its batch after the layer of '4.bias'"),
        ["batch normalisation by hand"] = ((network, x) =>
        {
            var h = ((Sequential)network)[0].Forward(x);
            h = (h - h.Mean([0], keepDim: true)) / (h.Var([0], keepDim: true) + 1e-5).Sqrt();
            return ((Sequential)network)[4].Forward(Functional.Relu(((Sequential)network)[2].Forward(h))).Squeeze(1);
        }, "of its batch after the layer of '0.bias'"),
        ["records and features swapped"] = ((network, x) => network.Forward(x.Transpose(0, 1)).Squeeze(1), "of its batch"),
    };

    [Theory]
    [MemberData(nameof(Mixers))]
    public void Mixing_is_found_wherever_it_happens(string how)
    {
        using var scope = new TensorScope();
        using var network = Networks.Perceptron();
        var (losses, where) = Mixing[how];
        Refused($"the loss of a record depends on the other records {where}", () => MixingProbe.Check(network, batch => losses(network, batch[0]), Tensor.RandN([6, 6])));
    }

    [Fact]
    public void Honest_losses_pass_the_probe_and_leave_no_trace()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(5);
        using var network = new Sequential(new Dropout(), new SpectralNorm(new Linear(6, 5)), new ReLU(), new Linear(5, 3));
        var before = network.NamedBuffers.Select(b => Oracle.Numbers(b.Value)).ToArray();
        var x = Tensor.RandN([3, 6]);
        var labels = Tensor.From([2L, 0, 1]);
        MixingProbe.Check(network, batch => Functional.CrossEntropy(network.Forward(batch[0]), batch[1], Reduction.None), x, labels);
        Assert.Equal(before, network.NamedBuffers.Select(b => Oracle.Numbers(b.Value)));
        using var discriminator = Networks.Discriminator(normalized: true);
        MixingProbe.Check(discriminator, batch => discriminator.Forward(batch[0]).Squeeze(1), Tensor.RandN([3, 1, 12, 12]));
        using var transformer = new Networks.Transformer();
        MixingProbe.Check(transformer, batch => transformer.Forward(batch[0]).Square().Sum([1, 2]), Tensor.From([1L, 2, 3, 4, 5, 6, 2, 4, 6], 3, 3));
        Assert.Throws<ArgumentException>(() => MixingProbe.Check(discriminator, batch => discriminator.Forward(batch[0]).Squeeze(1), Tensor.RandN([1, 1, 12, 12])));
    }

    private static void Refused(string message, Action action)
    {
        using var scope = new TensorScope();
        var refusal = Assert.Throws<InputException>(action);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private sealed class Scaled : Module
    {
        private readonly Linear layer = new(2, 2);
        private readonly Tensor scale;

        public Scaled()
        {
            scale = AddParameter("scale", Tensor.Ones([2]));
            AddModule("layer", layer);
        }

        public override Tensor Forward(Tensor x) => layer.Forward(x) * scale;
    }
}
