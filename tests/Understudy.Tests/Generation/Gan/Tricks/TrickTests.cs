using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Generation.Gan.Tricks;
using Understudy.Tests.Data;
using Understudy.Tests.Generation.Dual;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Torch.Optimization;
using Understudy.Torch.Script;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Generation.Gan.Tricks;

public sealed class TrickTests
{
    [Fact]
    public void Feature_matching_is_the_squared_distance_of_the_means_and_moves_the_generator_alone()
    {
        using var scope = new TensorScope();
        var (real, fake) = (Tensor.From([1f, 2f, 3f, 4f], 2, 2), Tensor.From([0f, 0f, 2f, 2f], 2, 2));
        (real.RequiresGrad, fake.RequiresGrad) = (true, true);
        var loss = FeatureMatching.Loss(real, fake); // (2 - 1)² + (3 - 1)²
        Assert.Equal(5, loss.Item<float>());
        loss.Backward();
        Assert.Null(real.Grad);
        Assert.Equal([-1f, -2f, -1f, -2f], fake.Grad!.ToArray<float>());
    }

    [Fact]
    public void Minibatch_discrimination_counts_close_neighbours()
    {
        using var scope = new TensorScope();
        using var layer = new MinibatchDiscrimination(features: 1, kernels: 2, size: 2);
        // M of a feature a is a · T = a · ((1, 2), (0.5, 0)): the distances of samples 0, 1 and 3 are 3|aᵢ - aⱼ| and ½|aᵢ - aⱼ|.
        using (Autograd.NoGrad()) layer.Parameters[0].CopyFrom(Tensor.From([1f, 2f, 0.5f, 0f], 1, 4));
        var output = layer.Forward(Tensor.From([0f, 1f, 3f], 3, 1)).ToArray<float>();
        Assert.Equal([0f, 1f, 3f], new[] { output[0], output[3], output[6] });
        Assert.Equal(1 + Math.Exp(-3) + Math.Exp(-9), output[1], 1e-5);
        Assert.Equal(1 + Math.Exp(-0.5) + Math.Exp(-1.5), output[2], 1e-5);
        Assert.Equal(1 + Math.Exp(-3) + Math.Exp(-6), output[4], 1e-5);
    }

    [Fact]
    public void The_history_pulls_towards_the_mean_of_the_values_so_far()
    {
        using var scope = new TensorScope();
        var parameter = Tensor.From([1f, 0f]);
        parameter.RequiresGrad = true;
        using var history = new HistoricalAverage([parameter]);
        Set(parameter, 3, 0);
        history.Update(1); // mean (2, 0)
        Set(parameter, 5, 6);
        history.Update(2); // mean (3, 2)
        Assert.Equal([3f, 2f], history.State["0"].ToArray<float>());
        var penalty = history.Penalty();
        Assert.Equal(4 + 16, penalty.Item<float>(), 1e-5f);
        penalty.Backward();
        Assert.Equal([4f, 8f], parameter.Grad!.ToArray<float>()); // 2 (θ - mean)
    }

    /// <summary>False alarms: the mean of 40,000 squares of N(0, ½²) is within 4 % of ¼, 5.6 standard errors, but for one run in 10⁷.</summary>
    [Fact]
    public void Instance_noise_fades_from_its_first_value_to_its_last()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(1);
        var noise = new InstanceNoise(0.5, 0.005, steps: 101);
        Assert.Equal(0.5, noise.Sigma(0), 1e-12);
        Assert.Equal(0.05, noise.Sigma(50), 1e-12);
        Assert.Equal(0.005, noise.Sigma(100), 1e-12);
        var zeros = Tensor.Zeros([200, 200]);
        Assert.Equal(0.25, noise.Add(zeros, 0).Square().Mean().Item<float>(), 0.01);
        Assert.Same(zeros, new InstanceNoise(0, 0.001, 100).Add(zeros, 0));
    }

    /// <summary>Of D(x) = ½‖x‖² the slope is x, and of x = (3, 4) and (0, 1) its mean square is 13.</summary>
    [Fact]
    public void The_penalty_on_slopes_is_taken_rarely_and_as_much_larger()
    {
        using var scope = new TensorScope();
        var x = Tensor.From([3f, 4f, 0f, 1f], 2, 1, 1, 2);
        static Tensor Score(Tensor x) => 0.5 * x.Square().Sum([1, 2, 3]);
        var r1 = new R1Penalty(weight: 0.5, every: 4);
        Assert.Equal(4 * 0.5 / 2 * 13, r1.Of(Score, x, 0)!.Item<float>(), 1e-5);
        Assert.Null(r1.Of(Score, x, 3));
        Assert.NotNull(r1.Of(Score, x, 8));
        Assert.Null(new R1Penalty(0, 4).Of(Score, x, 0));
    }

    [Fact]
    public void The_penalty_on_slopes_moves_the_weights_and_not_the_images()
    {
        using var scope = new TensorScope();
        var weight = Tensor.From([3f]);
        var x = Tensor.From([2f], 1, 1, 1, 1);
        (weight.RequiresGrad, x.RequiresGrad) = (true, true);
        new R1Penalty(1, 1).Of(image => weight * image, x, 0)!.Backward(); // ½ w²
        Assert.Equal(3, weight.Grad!.Item<float>(), 1e-6f);
        Assert.Null(x.Grad);
    }

    [Fact]
    public void Virtual_batch_norm_normalises_by_references_and_sample_together()
    {
        using var scope = new TensorScope();
        using var network = new ReferenceBatch(new VirtualBatchNorm(1), Tensor.From([1f, 3f], 2, 1));
        // Of 1, 3 and 5 the mean is 3 and the variance 8/3; of 1, 3 and 2 it is 2 and 2/3.
        var y = network.Forward(Tensor.From([5f, 2f], 2, 1)).ToArray<float>();
        Assert.Equal(2 / Math.Sqrt(8.0 / 3), y[0], 1e-4);
        Assert.Equal(0, y[1], 1e-5);
    }

    [Fact]
    public void Virtual_batch_norm_keeps_samples_apart_also_when_exported()
    {
        using var folder = new TempFolder();
        using var scope = new TensorScope();
        using var network = new ReferenceBatch(
            new Sequential(new Linear(3, 8), new VirtualBatchNorm(8), new ReLU(), new Reshape(2, 2, 2), new VirtualBatchNorm(2)), Tensor.RandN([6, 3]));
        var z = Tensor.RandN([5, 3]);
        var together = network.Forward(z).ToArray<float>();
        var alone = network.Forward(z.Narrow(0, 1, 1)).ToArray<float>();
        for (var i = 0; i < 8; i++) Assert.Equal(together[8 + i], alone[i], 1e-5f);

        ScriptExport.Save(network, z, folder["g.ts"]);
        using var exported = ScriptModule.Load(folder["g.ts"]);
        var fromFile = exported.Forward(z.Narrow(0, 1, 1)).ToArray<float>();
        for (var i = 0; i < 8; i++) Assert.Equal(alone[i], fromFile[i], 1e-5f);
    }

    [Fact]
    public void A_gradient_that_is_too_long_is_shortened()
    {
        using var scope = new TensorScope();
        var parameter = Tensor.From([0f, 0f]);
        parameter.RequiresGrad = true;
        using var learner = new Learner(new Sgd([parameter], 1), clipNorm: 1);
        learner.Lower((parameter * Tensor.From([3f, 4f])).Sum());
        Assert.Equal([-0.6f, -0.8f], parameter.ToArray<float>().Select(v => MathF.Round(v, 4)));
    }

    /// <summary>The penalty is on the slope at each image alone, and minibatch discrimination makes every score depend on the whole batch.</summary>
    [Fact]
    public void A_penalised_critic_takes_no_minibatch_discrimination()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(16, 1, 28, 28);
        using var gan = new WganGp(new WganGpOptions { Steps = 2, BatchSize = 8, Width = 4, LatentSize = 4, Tricks = new() { MinibatchKernels = 3 } }, members.Shape, []);
        Assert.Contains("'minibatchKernels' ties the images of a batch together; leave it out", Images.InputError(() => gan.Fit(members.Private(folder), new FitContext(folder.Path, 1))), StringComparison.Ordinal);
    }

    /// <summary>Methods that know nothing of masks learn them as a channel; what they draw is a mask all the same, 0 or 255.</summary>
    [Fact]
    public void What_is_drawn_of_pairs_has_masks_of_two_values()
    {
        using var folder = new TempFolder();
        var pairs = Pairs.Ellipses(16);
        using var gan = new Dcgan(new PlainGanOptions { Steps = 2, BatchSize = 8, Width = 4, LatentSize = 4 }, pairs.Shape, []);
        gan.Fit(pairs.Private(folder), new FitContext(folder.Path, 1));
        Assert.All(ImagePairs.Masks(gan.Sample(12, 1)).Pixels, value => Assert.True(value is 0 or 255));
    }

    /// <summary>All tricks at once: they train, they are in the checkpoint, and a training that was stopped ends as one that was not.</summary>
    [Fact]
    public void All_tricks_together_train_and_resume()
    {
        using var unbroken = new TempFolder();
        using var broken = new TempFolder();
        var members = Images.Noise(40, 1, 28, 28);
        var tricks = new GanTricks
        {
            FeatureMatching = 1, MinibatchKernels = 3, LabelSmoothing = 0.1, HistoricalAveraging = 0.1, InstanceNoise = 0.3, VirtualBatchNorm = 5, ClipGradients = 1,
        };
        var options = new PlainGanOptions { Steps = 6, BatchSize = 8, Width = 4, LatentSize = 4, CheckpointEvery = 2, Tricks = tricks };
        using var expected = new Dcgan(options, members.Shape, []);
        expected.Fit(members.Private(unbroken), new FitContext(unbroken.Path, 1));

        using var stop = new CancellationTokenSource();
        using var first = new Dcgan(options, members.Shape, []);
        Assert.Throws<OperationCanceledException>(() => first.Fit(members.Private(broken), new FitContext(broken.Path, 1, new StopAt(5, stop), stop.Token)));
        using var actual = new Dcgan(options, members.Shape, []);
        actual.Fit(members.Private(broken), new FitContext(broken.Path, 1));
        Assert.Equal(File.ReadAllText(unbroken["losses.csv"]), File.ReadAllText(broken["losses.csv"]));
        Assert.Equal(expected.Sample(4, 1).Pixels, actual.Sample(4, 1).Pixels);
        Assert.Contains(StateDictionary.Load(broken["checkpoint.pt"]).Names, name => name.StartsWith("historyG/", StringComparison.Ordinal));
    }

    private static void Set(Tensor tensor, params float[] values)
    {
        using var noGrad = Autograd.NoGrad();
        tensor.CopyFrom(Tensor.From(values));
    }

    private sealed class StopAt(int step, CancellationTokenSource source) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Done == step) source.Cancel();
        }
    }
}
