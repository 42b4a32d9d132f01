using System.Globalization;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Denoising;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Generation.Denoising;

public sealed class DenoisingSynthesizerTests
{
    public static TheoryData<string> Names() => ["ae", "dae", "daae", "idaae"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_stopped_and_resumed_ends_as_one_that_was_not(string method)
    {
        using var unbroken = new TempFolder();
        using var broken = new TempFolder();
        var members = Images.Noise(40, 1, 7, 5);
        using var expected = Fitted(method, members, unbroken, steps: 9, checkpointEvery: 4);
        using var stop = new CancellationTokenSource();
        var stopping = new Relay(progress => { if (progress.Done == 5) stop.Cancel(); });
        using var cancelled = Create(method, members, 9, 4);
        Assert.Throws<OperationCanceledException>(() => cancelled.Fit(members.Private(broken), new FitContext(broken.Path, 1, stopping, stop.Token)));
        using var actual = Fitted(method, members, broken, steps: 9, checkpointEvery: 4);

        Assert.Equal(expected.Sample(8, 3).Pixels, actual.Sample(8, 3).Pixels);
        Assert.Equal(File.ReadAllText(unbroken["losses.csv"]), File.ReadAllText(broken["losses.csv"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_model_encodes_reconstructs_and_draws_alike_and_holds_no_record(string method)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(30, 3, 7, 5);
        using var fitted = Fitted(method, members, folder, steps: 3);
        fitted.Save(folder["model"]);
        using var loaded = Create(method, members, 3, 500);
        loaded.Load(folder["model"]);
        Assert.Equal(fitted.Encode(members).ToArray<float>(), loaded.Encode(members).ToArray<float>());
        Assert.Equal(fitted.Decode(fitted.Encode(members)).Pixels, loaded.Decode(loaded.Encode(members)).Pixels);
        Assert.Equal(fitted.Sample(5, 9).Pixels, loaded.Sample(5, 9).Pixels);
        Assert.NotEqual(fitted.Sample(5, 9).Pixels, loaded.Sample(5, 10).Pixels);
        Assert.Equal([30L, 4L], fitted.Encode(members).Shape);
        Records.AssertAbsent(members, Directory.GetFiles(folder["model"]));
    }

    // A linear layer has a matrix and a bias, and so has the last one of each network.
    [Fact]
    public void Encoder_and_decoder_have_as_many_hidden_layers_as_they_are_told()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(30, 1, 7, 5);
        using var model = new Daae(new DaaeOptions { Steps = 1, BatchSize = 8, Width = 16, LatentSize = 4, EncoderLayers = 3, DecoderLayers = 1 }, members.Shape, []);
        model.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        model.Save(folder["model"]);
        Assert.Equal(2 * (3 + 1), StateDictionary.Load(folder["model/encoder.pt"]).Count);
        Assert.Equal(2 * (1 + 1), StateDictionary.Load(folder["model/generator.pt"]).Count);
    }

    [Fact]
    public void The_chain_begins_with_decoded_draws_and_every_step_changes_them()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(30, 1, 7, 5);
        using var model = Fitted("daae", members, folder, steps: 30);
        var chain = model.Chain(6, 2, seed: 4);
        Assert.Equal(3, chain.Count);
        Assert.All(chain, set => Assert.Equal(6, set.Count));
        Assert.NotEqual(chain[0].Pixels, chain[1].Pixels);
        Assert.NotEqual(chain[1].Pixels, chain[2].Pixels);
        Assert.Equal(chain[2].Pixels, model.Chain(6, 2, seed: 4)[2].Pixels);
    }

    // The encoder's loss is asked of a discriminator that has moved already: with its learning rate the loss of the very first step changes,
    // which it would not if the encoder came first.
    [Theory]
    [InlineData(UpdateSchedule.Alternating)]
    [InlineData(UpdateSchedule.Joint)]
    public void The_discriminator_is_updated_first(UpdateSchedule schedule)
    {
        var members = Images.Noise(30, 1, 7, 5);
        var (still, moved) = (FirstLosses(0), FirstLosses(0.1));
        Assert.Equal(still[0], moved[0]);
        Assert.NotEqual(still[1], moved[1]);

        double[] FirstLosses(double rate)
        {
            using var folder = new TempFolder();
            using var model = new Daae(new DaaeOptions { Steps = 1, BatchSize = 8, Width = 16, LatentSize = 4, DiscriminatorLearningRate = rate, Schedule = schedule }, members.Shape, []);
            model.Fit(members.Private(folder), new FitContext(folder.Path, 1));
            return Array.ConvertAll(File.ReadAllLines(folder["losses.csv"])[1].Split(','), text => double.Parse(text, CultureInfo.InvariantCulture))[1..];
        }
    }

    [Fact]
    public void The_mixture_prior_wants_codes_in_the_plane()
    {
        var message = Images.InputError(() => _ = new Daae(new DaaeOptions { Prior = CodePrior.Mixture }, new ImageShape(1, 4, 4), []));
        Assert.Contains("latentSize 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_gaussians_lie_around_a_circle_and_codes_are_told_by_the_nearest()
    {
        using var scope = new Understudy.Torch.TensorScope();
        Understudy.Torch.TorchRuntime.ManualSeed(5);
        var z = MixturePrior.Sample(1000, Understudy.Torch.Device.Cpu).ToArray<float>();
        var components = Enumerable.Range(0, 1000).Select(i => MixturePrior.Nearest(z.AsSpan(2 * i, 2))).ToArray();
        Assert.Equal(10, components.Distinct().Count());
        Assert.Equal(0, MixturePrior.Nearest([4f, 0f]));
        Assert.Equal(5, MixturePrior.Nearest([-4f, 0f]));
        Assert.Equal(9, MixturePrior.Nearest([3.2f, -2.4f]));
    }

    // 64 images of two patterns: a model that learns nothing has the error of the mean image, about 0.25 a pixel of noise of one of two kinds.
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_method_learns_to_reconstruct(string method)
    {
        using var folder = new TempFolder();
        var patterns = Images.Noise(2, 1, 6, 6);
        var members = patterns.Subset(Enumerable.Range(0, 64).Select(i => i % 2).ToArray());
        using var model = Fitted(method, members, folder, steps: 400);
        var restored = model.Decode(model.Encode(members)).Pixels;
        Assert.InRange(restored.Zip(members.Pixels, (a, b) => Math.Pow((a - b) / 255.0, 2)).Average(), 0, 0.01);
    }

    private static DenoisingSynthesizer Create(string method, ImageSet members, int steps, int checkpointEvery)
    {
        const int batch = 8, hidden = 32, latent = 4;
        const double rate = 5e-3;
        object options = method switch
        {
            "ae" => new AutoencoderOptions { Steps = steps, BatchSize = batch, Width = hidden, LatentSize = latent, LearningRate = rate, CheckpointEvery = checkpointEvery },
            "dae" => new DaeOptions { Steps = steps, BatchSize = batch, Width = hidden, LatentSize = latent, LearningRate = rate, CheckpointEvery = checkpointEvery, Sigma = 0.1, MarkovSteps = 1 },
            "daae" => new DaaeOptions { Steps = steps, BatchSize = batch, Width = hidden, LatentSize = latent, LearningRate = rate, CheckpointEvery = checkpointEvery, Sigma = 0.1 },
            _ => new IdaaeOptions { Steps = steps, BatchSize = batch, Width = hidden, LatentSize = latent, LearningRate = rate, CheckpointEvery = checkpointEvery, Sigma = 0.1, Copies = 2 },
        };
        return (DenoisingSynthesizer)Synthesizers.Get(method).Create(options, members.Shape, members.ClassNames);
    }

    private static DenoisingSynthesizer Fitted(string method, ImageSet members, TempFolder folder, int steps, int checkpointEvery = 500)
    {
        var model = Create(method, members, steps, checkpointEvery);
        model.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        return model;
    }

    private sealed class Relay(Action<StageProgress> report) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => report(value);
    }
}
