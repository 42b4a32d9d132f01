using Understudy.Privacy;
using Understudy.Privacy.Tests.Noise;
using Understudy.Tests.Data;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Tests.Training.Private;

/// <summary>Networks of every kind train under a plan to the same weights, whichever way their gradients are taken, and to those of the definition.</summary>
public sealed class PrivateRoutesTests
{
    private const int Records = 6, Steps = 4, Classes = 3, Size = 12;
    private const double LearningRate = 0.5, Clip = 0.5;

    private delegate Tensor Losses(Module network, Tensor images, Tensor classes, Tensor companions);

    public static TheoryData<string> Kinds => ["DCGAN", "perceptron with embeddings", "GRU", "CNN with GroupNorm", "WGAN-GP"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_route_leads_to_the_weights_of_the_definition(string kind)
    {
        using var scope = new TensorScope();
        var (make, losses) = Case(kind);
        var companions = new long[Steps][];
        var noise = Train(make, Zero(losses), Records, companions: companions);
        var expected = ByDefinition(make, losses, noise, companions);
        foreach (var method in Enum.GetValues<NormMethod>())
        {
            // In one part and in several.
            foreach (var microBatch in new[] { Records, 4 })
            {
                var weights = Train(make, losses, Records, new PerformanceOptions { Norms = method, MicroBatch = microBatch })[^1];
                Close($"{kind} by {method}, {microBatch} at a time", expected, weights);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Without_records_every_route_leaves_the_noise(string kind)
    {
        using var scope = new TensorScope();
        var (make, losses) = Case(kind);
        var noise = Train(make, Zero(losses), Records);
        foreach (var method in Enum.GetValues<NormMethod>())
        {
            var walk = Train(make, losses, 0, new PerformanceOptions { Norms = method });
            for (var step = 0; step <= Steps; step++) Assert.Equal(noise[step], walk[step]);
        }
        Assert.All(noise[0].Zip(noise[^1]), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    // With no gradient there is only the noise.
    private static Losses Zero(Losses losses) => (network, x, y, c) => losses(network, x, y, c) * 0;

    private static (Func<Module> Make, Losses Losses) Case(string kind)
    {
        var fakes = Tensor.RandN([Records, kind == "CNN with GroupNorm" ? 3 : 1, Size, Size]).Tanh();
        var shares = Tensor.Rand([Records, 1, 1, 1]);
        return kind switch
        {
            "DCGAN" => (() => Networks.Discriminator(), (d, x, _, c) =>
                (Functional.Softplus(-d.Forward(x)) + Functional.Softplus(d.Forward(fakes.IndexSelect(0, c)))).Squeeze(1)),
            "perceptron with embeddings" => (() => new Networks.Categorical(Size * Size, Classes), Classified),
            "GRU" => (() => new Networks.Recurrent(Size, Classes), Classified),
            "CNN with GroupNorm" => (() => new Networks.Residual(), Classified),
            // Gulrajani et al. 2017, 1704.00028, equation 3, with a fake for each record.
            "WGAN-GP" => (() => Networks.Discriminator(), (d, x, _, c) =>
            {
                var (fake, share) = (fakes.IndexSelect(0, c), shares.IndexSelect(0, c));
                var between = (x * share) + (fake * (1 - share));
                between.RequiresGrad = true;
                var slope = Autograd.Grad([d.Forward(between).Sum()], [between], createGraph: true)[0]!;
                return (d.Forward(fake) - d.Forward(x)).Squeeze(1) + (10 * (slope.Flatten(1).Norm([1]) - 1).Square());
            }),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

        static Tensor Classified(Module network, Tensor x, Tensor y, Tensor companions) => Functional.CrossEntropy(network.Forward(x), y, Reduction.None);
    }

    /// <summary>The weights at first and after each step; the companions of its records go to a list. All randomness comes from one seed.</summary>
    private static float[][] Train(Func<Module> make, Losses losses, int records, PerformanceOptions? performance = null, long[][]? companions = null)
    {
        using var folder = new TempFolder();
        TorchRuntime.ManualSeed(11);
        using var network = make();
        // Every record joins every step.
        var plan = DpPlan.Calibrate(new Epsilon(300), new Delta(1e-5), NeighbouringRelation.AddOrRemoveOne, Records, Records, new FlatClipping(Clip), Steps);
        using var optimizer = new Sgd(network.Parameters, LearningRate);
        var members = Images(network).Subset([.. Enumerable.Range(0, records)]).Private(folder, declared: Records);
        using var training = new PrivateTraining("plan", plan, members, PixelRange.SignedUnit, network, optimizer, new SeededNoiseSource(5), performance);
        var walk = new List<float[]> { Weights(network) };
        while (training.TryStep(
            (x, y, c) =>
            {
                if (x.Size(0) == Records) companions?[walk.Count - 1] = c.ToArray<long>();
                return losses(network, x, y!, c);
            },
            Records)) walk.Add(Weights(network));
        Assert.Equal(Steps + 1, walk.Count);
        return [.. walk];
    }

    /// <summary>The weights after all steps: each record alone, its gradient clipped, the noise added, divided by the batch size expected.</summary>
    private static float[] ByDefinition(Func<Module> make, Losses losses, float[][] noise, long[][] companions)
    {
        TorchRuntime.ManualSeed(11);
        using var network = make();
        using var data = new ImageTensors(Images(network), PixelRange.SignedUnit, TorchRuntime.DefaultDevice);
        var (x, y) = data.Slice(0, Records);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = new TensorScope();
            var c = Tensor.From(companions[step]);
            var (_, sums) = Oracle.Of(network, rows => losses(network, Rows(x, rows), Rows(y!, rows), Rows(c, rows)), Records, norm => Math.Min(1, Clip / norm));
            using var noGrad = Autograd.NoGrad();
            var at = 0;
            foreach (var (parameter, sum) in network.Parameters.Zip(sums))
            {
                var moved = noise[step + 1].Skip(at).Zip(noise[step].Skip(at), (after, before) => after - before).Take((int)parameter.Count).ToArray();
                parameter.CopyFrom(parameter - (sum * (LearningRate / Records)) + Tensor.From(moved, parameter.Shape));
                at += moved.Length;
            }
        }
        return Weights(network);
    }

    private static Understudy.Data.ImageSet Images(Module network) => Data.Images.Noise(Records, network is Networks.Residual ? 3 : 1, Size, Size, Classes);

    private static float[] Weights(Module network) => [.. network.Parameters.SelectMany(p => p.ToArray<float>())];

    private static Tensor Rows(Tensor x, Range rows) => x.Narrow(0, rows.Start.Value, rows.End.Value - rows.Start.Value);

    private static void Close(string what, float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5 + (1e-4 * Math.Abs(expected[i])), $"{what}, weight {i}: {actual[i]:R} instead of {expected[i]:R}");
    }
}
