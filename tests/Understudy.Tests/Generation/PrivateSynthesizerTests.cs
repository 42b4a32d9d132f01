using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Embedding;
using Understudy.Generation.PrivateGans;
using Understudy.Privacy.Ledger;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Generation;

public sealed class PrivateSynthesizerTests
{
    private const double Epsilon = 2;

    public static TheoryData<string, int> Methods() => new() { { "dp-merf", 28 }, { "dp-ntk", 28 }, { "dp-kernel", 28 }, { "gs-wgan", 28 }, { "dp-gan", 28 }, { "dp-cgan", 28 }, { "dp-cgan", 32 }, { "dp-infogan", 28 }, { "dp-infogan", 32 } };

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_private_method_spends_its_epsilon_and_no_more_and_leaves_a_model_without_records(string method, int size)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(20, 1, size, size, classes: 2);
        var synthesizer = Create(method, members);
        Assert.StartsWith("(ε, δ)-DP", synthesizer.Card.Guarantee, StringComparison.Ordinal);
        Assert.Equal(4, synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1)));

        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var extract = ledger.Extract(Accounts.Account.Fingerprint);
        Assert.InRange(extract.Spent.Upper, 0.99 * Epsilon, Epsilon);
        Assert.Empty(extract.Unaccounted);

        synthesizer.Save(folder["model"]);
        using var loaded = (IDisposable)Create(method, members);
        ((Synthesizer)loaded).Load(folder["model"]);
        var sample = synthesizer.Sample(5, seed: 9);
        Assert.Equal(members.Shape, sample.Shape);
        Assert.Equal(sample.Pixels, ((Synthesizer)loaded).Sample(5, seed: 9).Pixels);
        Assert.Equal(synthesizer.ClassShares, ((Synthesizer)loaded).ClassShares);
        Records.AssertAbsent(members, Directory.GetFiles(folder["model"]).Append(folder["checkpoint.pt"]));
        ((IDisposable)synthesizer).Dispose();
    }

    [Fact]
    public void A_finished_training_that_is_taken_up_again_spends_nothing()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(20, 1, 28, 28, classes: 2);
        for (var i = 0; i < 2; i++)
        {
            foreach (var method in new[] { "dp-merf", "dp-cgan" })
            {
                using var synthesizer = (IDisposable)Create(method, members);
                ((Synthesizer)synthesizer).Fit(members.Private(folder, run: method), new FitContext(Directory.CreateDirectory(folder[method]).FullName, 1));
            }
        }
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        Assert.Equal(5, ledger.Extract(Accounts.Account.Fingerprint).Reservations.Sum(use => use.Plans.Sum(plan => plan.Spent)));
    }

    [Fact]
    public void A_batch_that_the_data_cannot_fill_is_refused_in_one_line()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(3, 1, 28, 28, classes: 2);
        Assert.Contains("batchSize", Images.InputError(() => Create("dp-cgan", members).Fit(members.Private(folder), new FitContext(folder.Path, 1))), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["ledger.db"]) && PrivacyLedger.Open(folder["ledger.db"]).Fingerprints().Count > 0);
    }

    [Fact]
    public void The_shares_of_classes_come_from_the_noised_release()
    {
        using var folder = new TempFolder();
        var labels = Enumerable.Range(0, 4000).Select(i => i % 4 == 0 ? 1 : 0).ToArray();
        var members = new ImageSet(new ImageShape(1, 4, 4), new byte[4000 * 16], labels, ["a", "b"]);
        using var synthesizer = (DpMerf)Create("dp-merf", members);
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        Assert.Equal(0.25, synthesizer.ClassShares![1], 0.05);
        Assert.NotEqual(0.25f, synthesizer.ClassShares[1]);
    }

    [Theory]
    [InlineData("dp-merf", "'features' is 21")]
    [InlineData("dp-kernel", "'features' is 21")]
    [InlineData("dp-ntk", "'batchSize' is 2")]
    public void Options_that_do_not_fit_are_refused_in_one_line(string method, string expected)
    {
        var members = Images.Noise(20, 1, 28, 28, classes: 3);
        object options = method switch
        {
            "dp-merf" => new DpMerfOptions { Features = 21 },
            "dp-kernel" => new DpKernelOptions { Features = 21 },
            _ => new DpNtkOptions { BatchSize = 2 },
        };
        Assert.Contains(expected, Images.InputError(() => Synthesizers.Get(method).Create(options, members.Shape, members.ClassNames)), StringComparison.Ordinal);
    }

    /// <summary>Adam's first step has the sign of each derivative and not its size: noise that only scaled the gradient would move two trainings alike.</summary>
    [Fact]
    public void The_derivative_that_reaches_the_generator_of_dp_kernel_is_of_the_noised_embedding()
    {
        var members = Images.Noise(20, 1, 28, 28, classes: 2);
        var options = new DpKernelOptions { Steps = 1, BatchSize = 8, Features = 100, LearningRate = 0.01, QueryBatch = 20 };
        using var scope = new TensorScope();
        var weights = new List<Tensor>();
        for (var i = 0; i < 2; i++)
        {
            using var folder = new TempFolder();
            using var synthesizer = new DpKernel(options, members.Shape, members.ClassNames);
            synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
            synthesizer.Save(folder["model"]);
            weights.Add(StateDictionary.Load(folder["model/generator.pt"])["0.weight"]);
        }
        Assert.Equal(2 * options.LearningRate, (weights[0] - weights[1]).Abs().Max().Item<float>(), 1e-4);
    }

    /// <summary>Class 0 is bright above and class 1 below, by 200 of 255 pixel values.</summary>
    [Theory]
    [InlineData("dp-merf", 8)]
    [InlineData("dp-ntk", 8)]
    [InlineData("dp-kernel", 8)]
    public void With_next_to_no_noise_a_generator_learns_the_classes(string method, int size)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(200, 1, size, size, classes: 2);
        for (var i = 0; i < members.Pixels.Length; i++)
            members.Pixels[i] = (byte)((members.Pixels[i] / 8) + (IsBright(i, members.Labels![i / (size * size)]) ? 200 : 0));
        object options = method switch
        {
            "dp-merf" => new DpMerfOptions { Epsilon = 1000, Steps = 60, BatchSize = 40, Features = 400 },
            "dp-ntk" => new DpNtkOptions { Epsilon = 1000, Steps = 60, BatchSize = 40, Hidden = 50 },
            _ => new DpKernelOptions { Epsilon = 1000, Steps = 60, BatchSize = 40, Features = 400, LengthScales = [4], QueryBatch = 200 },
        };
        var synthesizer = Synthesizers.Get(method).Create(options, members.Shape, members.ClassNames);
        using var freed = (IDisposable)synthesizer;
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        var sample = synthesizer.Sample(40, 1, [.. Enumerable.Range(0, 40).Select(i => i % 2)]);
        var (bright, dark) = (0.0, 0.0);
        for (var i = 0; i < sample.Pixels.Length; i++)
        {
            var share = sample.Pixels[i] / (sample.Pixels.Length / 2.0);
            if (IsBright(i, sample.Labels![i / (size * size)])) bright += share;
            else dark += share;
        }
        Assert.True(bright > dark + 60, $"the bright halves have a mean of {bright}, the dark ones of {dark}");

        bool IsBright(int place, int label) => place % (size * size) / (size * size / 2) == label;
    }

    /// <summary>30 records of one class and 10 of another; noise of standard deviation 4 or so at ε = 1.</summary>
    [Fact]
    public void Class_shares_of_a_private_gan_come_from_a_noised_count_that_is_charged_once()
    {
        using var folder = new TempFolder();
        var images = Images.Noise(40, 1, 28, 28, classes: 4);
        var members = new ImageSet(images.Shape, images.Pixels, Array.ConvertAll(images.Labels!, label => label == 3 ? 1 : 0), ["a", "b"]);
        var options = new DpConditionalGanOptions { Epsilon = Epsilon, ClassSharesEpsilon = 1, Steps = 2, BatchSize = 40, Width = 8, LatentSize = 6 };
        for (var i = 0; i < 2; i++)
        {
            using var gan = new DpConditionalGan(options, members.Shape, members.ClassNames);
            gan.Fit(members.Private(folder), new FitContext(folder.Path, 1));
            Assert.InRange(gan.ClassShares![0], 0.3, 1);
            gan.Save(folder["model"]);
            using var loaded = new DpConditionalGan(options, members.Shape, members.ClassNames);
            loaded.Load(folder["model"]);
            Assert.Equal(gan.ClassShares, loaded.ClassShares);
        }
        using var ledger = PrivacyLedger.Open(folder["ledger.db"]);
        var extract = ledger.Extract(Accounts.Account.Fingerprint);
        Assert.Equal([("discriminator", 2L), ("class counts", 1L)], extract.Reservations.Single().Plans.Select(plan => (plan.Label, plan.Spent)));
        Assert.InRange(extract.Spent.Upper, Epsilon + 0.1, Epsilon + 1);

        var without = new DpGan(new PrivateGanOptions { ClassSharesEpsilon = 1, BatchSize = 40 }, members.Shape, []);
        Assert.Contains("'classSharesEpsilon'", Images.InputError(() => without.Plans(Accounts.Account, 40)), StringComparison.Ordinal);
    }

    private static Synthesizer Create(string method, ImageSet members)
    {
        const int steps = 4;
        object options = method switch
        {
            "dp-merf" => new DpMerfOptions { Epsilon = Epsilon, Steps = steps, BatchSize = 8, Features = 20, LatentSize = 6 },
            "dp-ntk" => new DpNtkOptions { Epsilon = Epsilon, Steps = steps, BatchSize = 8, Hidden = 5, LatentSize = 6 },
            "dp-kernel" => new DpKernelOptions { Epsilon = Epsilon, Steps = steps, BatchSize = 8, Features = 20, LatentSize = 6, QueryBatch = 20 },
            "gs-wgan" => new GsWganOptions { Epsilon = Epsilon, Steps = steps, BatchSize = 4, LatentSize = 6, Width = 4, Shards = 6, WarmUp = 1, CriticSteps = 1 },
            "dp-infogan" => new DpInfoGanOptions { Epsilon = Epsilon, Steps = steps, BatchSize = 4, Categorical = [3], Continuous = 1, Width = 8 },
            "dp-cgan" => new DpConditionalGanOptions { Epsilon = Epsilon, Steps = steps, BatchSize = 4, Width = 8, LatentSize = 6, Hidden = 8 },
            _ => new PrivateGanOptions { Epsilon = Epsilon, Steps = steps, BatchSize = 4, Width = 8, LatentSize = 6, Fakes = FakeTerm.Anchor },
        };
        return Synthesizers.Get(method).Create(options, members.Shape, members.ClassNames);
    }
}
