using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training.Private;

namespace Understudy.Tests.Training.Private;

public sealed class ClippedGradientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Discriminator_agrees_with_one_record_at_a_time(bool normalized)
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(1);
        using var network = Networks.Discriminator(normalized);
        var x = Tensor.RandN([5, 1, 12, 12]);
        Oracle.Agrees(network, rows => Functional.Softplus(-network.Forward(Rows(x, rows)).Squeeze(1)), 5);
    }

    [Fact]
    public void Perceptron_agrees()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(2);
        using var network = Networks.Perceptron();
        var x = Tensor.RandN([6, 6]);
        Oracle.Agrees(network, rows => network.Forward(Rows(x, rows)).Squeeze(1).Square(), 6);
    }

    // Skip connections share history; the stem's output is used twice.
    [Fact]
    public void Residual_network_agrees()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(3);
        using var network = new Networks.Residual();
        var (x, labels) = (Tensor.RandN([4, 3, 8, 8]), Tensor.RandInt(0, 3, [4]));
        Oracle.Agrees(network, rows => Functional.CrossEntropy(network.Forward(Rows(x, rows)), Rows(labels, rows), Reduction.None), 4);
    }

    // The embedding is tied to the output layer: two rules for one parameter.
    [Fact]
    public void Transformer_with_tied_weights_agrees()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(4);
        using var network = new Networks.Transformer();
        var x = Tensor.RandInt(0, 7, [3, 6]);
        Oracle.Agrees(
            network,
            rows =>
            {
                var text = Rows(x, rows);
                var logits = network.Forward(text.Narrow(1, 0, 5)); // [B, 5, 7]
                return Functional.CrossEntropy(logits.Transpose(1, 2), text.Narrow(1, 1, 5), Reduction.None).Sum([1]);
            },
            3);
    }

    // What a record gives in both passes is one gradient, clipped once.
    [Fact]
    public void Real_and_fake_passes_of_one_record_add_before_clipping()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(5);
        using var network = Networks.Discriminator(normalized: true);
        var (real, fake) = (Tensor.RandN([4, 1, 12, 12]), Tensor.RandN([4, 1, 12, 12]));
        Oracle.Agrees(
            network,
            rows => (Functional.Softplus(-network.Forward(Rows(real, rows))) + Functional.Softplus(network.Forward(Rows(fake, rows)))).Squeeze(1),
            4);
    }

    [Fact]
    public void Outputs_may_be_changed_in_place()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(17);
        using var network = Networks.Discriminator();
        var x = Tensor.RandN([4, 1, 12, 12]);
        Oracle.Agrees(
            network,
            rows =>
            {
                var h = network[0].Forward(Rows(x, rows));
                h.MulInPlace(h.Detach().Sigmoid()).AddInPlace(0.1);
                for (var i = 1; i < network.Children.Count; i++) h = network[i].Forward(h);
                return h.MulInPlace(3).Squeeze(1);
            },
            4);
    }

    [Fact]
    public void Unrolled_layer_agrees()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(6);
        using var layer = new Linear(5, 5);
        var x = Tensor.RandN([4, 3, 5]);
        Oracle.Agrees(
            layer,
            rows =>
            {
                var state = Tensor.Zeros([rows.End.Value - rows.Start.Value, 5]);
                foreach (var input in Rows(x, rows).Unbind(1)) state = layer.Forward(state + input).Tanh();
                return state.Square().Sum([1]);
            },
            4);
    }

    // A pass in training turns u and v on, so that the two passes normalise differently.
    [Fact]
    public void Spectral_normalisation_in_training_agrees_with_its_gradient_by_expansion()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(7);
        using var network = new SpectralNorm(new Conv2d(2, 3, 3));
        var (x, y) = (Tensor.RandN([3, 2, 5, 5]), Tensor.RandN([3, 2, 5, 5]));
        var state = network.NamedBuffers.Select(b => b.Value.Clone()).ToArray();
        var outcomes = Enum.GetValues<NormMethod>().Select(method =>
        {
            foreach (var (buffer, before) in network.NamedBuffers.Zip(state)) buffer.Value.CopyFrom(before);
            using var gradient = new ClippedGradient(network, new FlatClipping(1), new PerformanceOptions { Norms = method });
            gradient.Accumulate(() => (network.Forward(x) * network.Forward(y)).Flatten(1).Sum([1]));
            return (double[])[.. gradient.Norms.ToArray<double>(), .. gradient.Sums.SelectMany(Oracle.Numbers)];
        }).ToArray();
        foreach (var outcome in outcomes[..^1]) Near(outcomes[^1], outcome, 1e-4);
    }

    [Fact]
    public void Gradient_penalty_is_clipped_with_the_rest_of_its_record()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(8);
        using var network = Networks.Discriminator();
        var (real, mixed) = (Tensor.RandN([4, 1, 12, 12]), Tensor.RandN([4, 1, 12, 12]));
        Tensor Losses(Range rows)
        {
            var between = Rows(mixed, rows).Clone();
            between.RequiresGrad = true;
            var slope = Autograd.Grad([network.Forward(between).Sum()], [between], createGraph: true)[0]!;
            return (10 * (slope.Flatten(1).Norm([1]) - 1).Square()) - network.Forward(Rows(real, rows)).Squeeze(1);
        }
        Oracle.Agrees(network, Losses, 4);
        // That the network is differentiated shows in the first of two parts only.
        using var whole = new ClippedGradient(network, new FlatClipping(1));
        using var parts = new ClippedGradient(network, new FlatClipping(1), new PerformanceOptions { MicroBatch = 3 });
        whole.Accumulate(() => Losses(0..4));
        parts.Accumulate(4, Losses);
        Near(whole.Norms.ToArray<double>(), parts.Norms.ToArray<double>(), 1e-5);
        foreach (var (expected, actual) in whole.Sums.Zip(parts.Sums)) Near(Oracle.Numbers(expected), Oracle.Numbers(actual), 1e-5);
    }

    [Fact]
    public void Without_a_bound_it_is_the_plain_gradient()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(9);
        using var network = new Networks.Residual();
        var x = Tensor.RandN([4, 3, 8, 8]);
        Tensor Losses() => network.Forward(x).Square().Sum([1]);
        var plain = Autograd.Grad([Losses().Sum()], network.Parameters);
        foreach (var clipping in new Clipping[] { new FlatClipping(double.PositiveInfinity), new PerLayerClipping(double.PositiveInfinity) })
        {
            using var gradient = new ClippedGradient(network, clipping);
            gradient.Accumulate(Losses);
            foreach (var (expected, actual) in plain.Zip(gradient.Sums)) Near(Oracle.Numbers(expected!), Oracle.Numbers(actual), 1e-4);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Size_of_parts_does_not_matter(int part)
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(10);
        using var network = Networks.Discriminator(normalized: true);
        var x = Tensor.RandN([7, 1, 12, 12]);
        var mask = Tensor.From([true, true, false, true, true, true, false]);
        double[] Outcome(int microBatch)
        {
            using var gradient = new ClippedGradient(network, new AutomaticClipping(), new PerformanceOptions { MicroBatch = microBatch });
            gradient.Accumulate(7, rows => network.Forward(Rows(x, rows)).Squeeze(1), mask);
            return [gradient.CentredCount, .. gradient.Norms.ToArray<double>(), .. gradient.Sums.SelectMany(Oracle.Numbers)];
        }
        Near(Outcome(100), Outcome(part), 1e-5);
    }

    [Fact]
    public void Masked_rows_contribute_nothing_whatever_they_are()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(11);
        using var network = new Networks.Residual();
        var x = Tensor.RandN([3, 3, 8, 8]);
        var padded = Tensor.Cat([x, Tensor.Full([1, 3, 8, 8], double.NaN), Tensor.Full([1, 3, 8, 8], 7)]);
        using var gradient = new ClippedGradient(network, new FlatClipping(0.5));
        gradient.Accumulate(() => network.Forward(x).Square().Sum([1]));
        double[] expected = [gradient.CentredCount, .. gradient.Norms.ToArray<double>(), .. gradient.Sums.SelectMany(Oracle.Numbers)];
        gradient.Reset();
        gradient.Accumulate(() => network.Forward(padded).Square().Sum([1]), Tensor.From([true, true, true, false, false]));
        Near(expected, [gradient.CentredCount, .. gradient.Norms.ToArray<double>(), .. gradient.Sums.SelectMany(Oracle.Numbers)], 1e-5);
        Assert.Throws<ArgumentException>(() => gradient.Accumulate(() => network.Forward(x).Sum([1]), Tensor.From([true])));
    }

    [Fact]
    public void Without_records_the_sums_are_zero()
    {
        using var scope = new TensorScope();
        using var network = Networks.Perceptron();
        using var gradient = new ClippedGradient(network, new FlatClipping(1));
        gradient.Accumulate(0, _ => throw new InvalidOperationException("there is nothing to compute"));
        gradient.Accumulate(() => network.Forward(Tensor.Zeros([0, 6])).Squeeze(1));
        Assert.All(gradient.Sums, sum => Assert.All(Oracle.Numbers(sum), x => Assert.Equal(0, x)));
        Assert.Empty(gradient.Norms.ToArray<double>());
        Assert.Equal(0, gradient.CentredCount);
    }

    [Theory]
    [InlineData(NormMethod.Automatic)]
    [InlineData(NormMethod.Ghost)]
    [InlineData(NormMethod.Instantiate)]
    [InlineData(NormMethod.Expansion)]
    public void No_record_contributes_more_than_the_bound(NormMethod method)
    {
        const double Bound = 0.25;
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(12);
        using var network = Networks.Discriminator(normalized: true);
        double[] scales = [0, 1e-30, 1e-3, 1, 1e3, 1e10, 1e20, 1e38, double.PositiveInfinity, double.NaN];
        foreach (var clipping in new Clipping[] { new FlatClipping(Bound), new PerLayerClipping(Bound), new AutomaticClipping(Bound), new AdaptiveClipping(Bound) })
        {
            foreach (var scale in scales)
            {
                using var step = new TensorScope();
                var x = Tensor.RandN([1, 1, 12, 12]);
                using var gradient = new ClippedGradient(network, clipping, new PerformanceOptions { Norms = method });
                // Large in the input, and large in the loss.
                gradient.Accumulate(() => network.Forward(x * scale).Squeeze(1));
                Assert.InRange(Norm(gradient.Sums), 0, Bound);
                gradient.Reset();
                gradient.Accumulate(() => network.Forward(x).Squeeze(1) * scale);
                Assert.InRange(Norm(gradient.Sums), 0, Bound);
            }
        }
    }

    // Two positions whose gradients all but cancel: the products are far larger than their sum, and so is their rounding.
    [Fact]
    public void Cancelling_positions_do_not_slip_past_the_bound()
    {
        const double Bound = 1;
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(13);
        using var layer = new Linear(64, 64, bias: false);
        for (var i = 0; i < 50; i++)
        {
            var token = Tensor.RandN([1, 1, 64]) * 100;
            var x = Tensor.Cat([token, token * (1 + 1e-4)], 1); // [1, 2, 64]
            var direction = Tensor.RandN([1, 1, 64]) * 100;
            var signs = Tensor.Cat([direction, direction * (-1 + (3e-5 * i))], 1);
            using var gradient = new ClippedGradient(layer, new FlatClipping(Bound), new PerformanceOptions { Norms = NormMethod.Ghost });
            gradient.Accumulate(() => (layer.Forward(x) * signs).Sum([1, 2]));
            Assert.InRange(Norm(gradient.Sums), 0, Bound);
        }
    }

    // Equal numbers round the same way each time they are added.
    [Theory]
    [InlineData(NormMethod.Ghost)]
    [InlineData(NormMethod.Instantiate)]
    public void Long_sums_of_equal_numbers_do_not_slip_past_the_bound(NormMethod method)
    {
        const double Bound = 1;
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(18);
        foreach (var tokens in new[] { 1, 3 })
        {
            using var layer = new Linear(20_000, 50);
            using var gradient = new ClippedGradient(layer, new FlatClipping(Bound), new PerformanceOptions { Norms = method });
            foreach (var value in new[] { 0.1, 0.3, 0.7, 1.1, 1.3 })
            {
                gradient.Reset();
                gradient.Accumulate(() => layer.Forward(Tensor.Full([1, tokens, 20_000], value)).Sum([1, 2]) * 0.9);
                Assert.InRange(Norm(gradient.Sums), Bound * (1 - 1e-4), Bound);
            }
        }
        using var convolution = new Conv2d(2, 2, 3, padding: 1);
        using var places = new ClippedGradient(convolution, new FlatClipping(Bound), new PerformanceOptions { Norms = method });
        places.Accumulate(() => convolution.Forward(Tensor.Full([1, 2, 40, 40], 0.3)).Sum([1, 2, 3]));
        Assert.InRange(Norm(places.Sums), Bound * (1 - 1e-4), Bound);
    }

    [Fact]
    public void A_broken_record_spoils_no_other()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(14);
        using var network = new Networks.Residual();
        var good = Tensor.RandN([3, 3, 8, 8]);
        foreach (var method in Enum.GetValues<NormMethod>())
        {
            using var gradient = new ClippedGradient(network, new FlatClipping(0.5), new PerformanceOptions { Norms = method });
            gradient.Accumulate(() => network.Forward(good).Square().Sum([1]));
            var expected = gradient.Sums.SelectMany(Oracle.Numbers).ToArray();
            gradient.Reset();
            var all = Tensor.Cat([good, Tensor.Full([1, 3, 8, 8], double.NaN), Tensor.Full([1, 3, 8, 8], double.PositiveInfinity)]);
            gradient.Accumulate(() => network.Forward(all).Square().Sum([1]));
            Near(expected, [.. gradient.Sums.SelectMany(Oracle.Numbers)], 1e-5);
            Assert.Equal(3, gradient.Norms.ToArray<double>().Count(double.IsFinite));
        }
    }

    [Fact]
    public void Frozen_parameters_are_outside_the_norm()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(15);
        using var network = Networks.Perceptron();
        network[0].Freeze();
        ((Linear)network[2]).Weight.RequiresGrad = false;
        var x = Tensor.RandN([4, 6]);
        using var gradient = new ClippedGradient(network, new FlatClipping(1));
        Assert.Equal(3, gradient.Sums.Count);
        Oracle.Agrees(network, rows => network.Forward(Rows(x, rows)).Squeeze(1), 4);
    }

    [Fact]
    public void Parts_that_record_no_gradient_are_constants()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(16);
        using var network = Networks.Perceptron();
        var x = Tensor.RandN([4, 6]);
        Oracle.Agrees(
            network,
            rows =>
            {
                Tensor target;
                using (Autograd.NoGrad()) target = network.Forward(Rows(x, rows) * 0.5);
                return (network.Forward(Rows(x, rows)) - target - 1).Squeeze(1).Square();
            },
            4);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using var network = new Networks.Residual();
        using var gradient = new ClippedGradient(network, new FlatClipping(1));
        void Step()
        {
            using var scope = new TensorScope();
            var x = Tensor.RandN([4, 3, 8, 8]);
            gradient.Reset();
            gradient.Accumulate(() => network.Forward(x).Square().Sum([1]));
        }
        Step();
        var live = Live();
        for (var i = 0; i < 5; i++) Step();
        Assert.InRange(Live(), 0, live);
        Assert.All(network.Parameters, p => Assert.Null(p.Grad));

        static long Live()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Tensor.LiveCount;
        }
    }

    internal static double Norm(IEnumerable<Tensor> tensors) => Math.Sqrt(tensors.Sum(t => Oracle.Numbers(t).Sum(x => x * x)));

    private static Tensor Rows(Tensor x, Range rows) => x.Narrow(0, rows.Start.Value, rows.End.Value - rows.Start.Value);

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])), $"element {i}: {actual[i]:R} instead of {expected[i]:R}");
    }
}
