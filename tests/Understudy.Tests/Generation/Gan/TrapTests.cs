using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Gan;
using Understudy.Generation.Networks;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;

using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Generation.Gan;

/// <summary>Mistakes that are known of GANs, each of which would show here.</summary>
public sealed class TrapTests
{
    private static readonly ImageShape Shape = new(1, 28, 28);

    public static TheoryData<string> Unconditional() =>
        ["fcgan", "dcgan", "lsgan", "hingegan", "wgan", "wgangp", "fgan", "lapgan", "cogan", "ssgan", "vae", "aae", "vaegan", "ali", "pix2pix", "cyclegan", "srgan"];

    /// <summary>No feature map's mean, no sigmoid, no batch norm: a number for each image, linear in the features, whatever else is in its batch.</summary>
    [Theory]
    [InlineData("wgan")]
    [InlineData("wgangp")]
    public void A_critic_ends_in_a_linear_layer_and_normalises_no_batch(string method)
    {
        using var folder = new TempFolder();
        Fit(method, folder);
        var names = StateDictionary.Load(folder["checkpoint.pt"]).Under("discriminator/");
        Assert.DoesNotContain(names.Names, name => name.Contains("running", StringComparison.Ordinal));
        Assert.Equal([1, DcDiscriminator.FeatureCount(Shape, 8)], names["head.weight"].Shape);

        using var scope = new TensorScope();
        using var critic = FeatureDiscriminator.Convolutional(Shape, 4, normalized: false);
        var x = Tensor.RandN([6, 1, 28, 28]);
        var together = critic.Forward(x).ToArray<float>();
        Assert.Equal(together[2], critic.Forward(x.Narrow(0, 2, 1)).Item<float>(), 1e-5f);
        var (features, scores) = critic.Judge(x);
        var weight = critic.NamedParameters.Single(p => p.Key == "head.weight").Value;
        var bias = critic.NamedParameters.Single(p => p.Key == "head.bias").Value;
        Assert.Equal(0, (features.MatMul(weight.Transpose(0, 1)) + bias - scores).Abs().Max().Item<float>(), 1e-5f);
    }

    /// <summary>The score of a published critic, which is there to be compared with and only when it is asked for.</summary>
    [Fact]
    public void The_mean_of_features_is_a_score_only_where_the_quirk_is_asked_for()
    {
        Assert.False(new WganOptions().ReproduceQuirk);
        using var scope = new TensorScope();
        using var critic = FeatureDiscriminator.WithoutHead(Shape, 4);
        var (features, scores) = critic.Judge(Tensor.RandN([6, 1, 28, 28]));
        Assert.Equal([6, DcDiscriminator.FeatureCount(Shape, 4)], features.Shape);
        Assert.Equal(0, (features.Mean([1], keepDim: true) - scores).Abs().Max().Item<float>(), 1e-6f);

        using var folder = new TempFolder();
        var members = Images.Noise(24, 1, 28, 28);
        var options = new WganOptions { Steps = 2, BatchSize = 8, Width = 4, LatentSize = 4, CriticSteps = 2, ReproduceQuirk = true };
        using (var gan = new Wgan(options, Shape, [])) gan.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        Assert.DoesNotContain(StateDictionary.Load(folder["checkpoint.pt"]).Names, name => name.StartsWith("discriminator/head", StringComparison.Ordinal));
        using var plain = new Wgan(options with { Network = Architecture.FullyConnected }, Shape, []);
        Assert.Contains("leave out 'network'", Images.InputError(() => plain.Fit(members.Private(folder), new FitContext(folder["other"], 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Clipping_holds_every_weight_of_the_critic()
    {
        using var folder = new TempFolder();
        Fit("wgan", folder);
        foreach (var (name, weight) in StateDictionary.Load(folder["checkpoint.pt"]).Under("discriminator/"))
            Assert.True(weight.Abs().Max().Item<float>() <= 0.01f, name);
    }

    /// <summary>A discriminator's batch norm counts its batches: real, generated and, in the generator's step, generated again; two where real and generated share one.</summary>
    [Fact]
    public void Real_and_generated_images_do_not_share_a_batch()
    {
        using var folder = new TempFolder();
        Fit("dcgan", folder, steps: 3);
        var counts = StateDictionary.Load(folder["checkpoint.pt"]).Where(t => t.Key.StartsWith("discriminator/", StringComparison.Ordinal) && t.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(counts);
        Assert.All(counts, count => Assert.Equal(3 * 3, count.Value.Item<long>()));
    }

    [Fact]
    public void A_critic_takes_as_many_steps_as_it_should_each_on_new_records()
    {
        using var folder = new TempFolder();
        Fit("wgan", folder, steps: 3);
        var state = StateDictionary.Load(folder["checkpoint.pt"]);
        Assert.All(state.Under("optimizerD/")["steps"].ToArray<long>(), steps => Assert.Equal(6, steps));
        Assert.All(state.Under("optimizerG/")["steps"].ToArray<long>(), steps => Assert.Equal(3, steps));
    }

    /// <summary>What is exported draws an image from its own noise alone, whatever the others of its batch are.</summary>
    [Theory]
    [MemberData(nameof(Unconditional))]
    public void Samples_of_one_batch_do_not_touch(string method)
    {
        using var folder = new TempFolder();
        using var scope = new TensorScope();
        var synthesizer = Fit(method, folder);
        using (var latents = ((ILatentSynthesizer)synthesizer).OpenLatents())
        {
            var z = latents.Draw(4, null);
            var together = latents.Forward(z, null).Narrow(0, 1, 1).ToArray<float>();
            var alone = latents.Forward(z.Narrow(0, 1, 1), null).ToArray<float>();
            for (var i = 0; i < alone.Length; i++) Assert.Equal(together[i], alone[i], 1e-4f);
        }
        Assert.True(File.Exists(folder["model/generator.ts"]));
        (synthesizer as IDisposable)?.Dispose();
    }

    [Fact]
    public void The_labelled_records_are_few_and_balanced()
    {
        var labels = Enumerable.Range(0, 1000).Select(i => i < 900 ? 0 : i < 990 ? 1 : 2).ToArray();
        var chosen = SemiSupervisedGan.Choose(labels, 12, seed: 1);
        Assert.Equal([4, 4, 4], chosen.GroupBy(i => labels[i]).OrderBy(g => g.Key).Select(g => g.Count()));
        Assert.Equal(12, chosen.Distinct().Count());
        Assert.Equal(chosen, SemiSupervisedGan.Choose(labels, 12, seed: 1));
        Assert.NotEqual(chosen, SemiSupervisedGan.Choose(labels, 12, seed: 2));
    }

    [Fact]
    public void A_classifier_of_real_or_generated_sums_over_classes()
    {
        using var scope = new TensorScope();
        // Z = e + e² for the real image, 1 + 1 for the generated one; D = Z/(Z + 1).
        var z = Math.E + Math.Exp(2);
        var loss = SemiSupervisedGan.SourceLoss(Tensor.From([1f, 2f], 1, 2), Tensor.From([0f, 0f], 1, 2)).Item<float>();
        Assert.Equal(-Math.Log(z / (z + 1)) - Math.Log(1 - (2.0 / 3)), loss, 1e-5);
    }

    [Fact]
    public void Coupled_losses_are_sums_over_both_domains()
    {
        using var scope = new TensorScope();
        Tensor Logit(float value) => Tensor.From([value], 1, 1);
        // ln(1 + e^a) at -1, ½ and at 2, -1.
        Assert.Equal(0.313262 + 0.974077 + 2.126928 + 0.313262, CoGan.LossOfD((Logit(1), Logit(-2)), (Logit(0.5f), Logit(-1))).Item<float>(), 2e-6);
        Assert.Equal(0.474077 + 1.313262, CoGan.LossOfG((Logit(0.5f), Logit(-1))).Item<float>(), 2e-6);
    }

    [Fact]
    public void A_pair_of_domains_shares_what_it_shows()
    {
        using var folder = new TempFolder();
        using var fitted = (CoGan)Fit("cogan", folder);
        var (first, second) = fitted.SamplePairs(3, 1);
        Assert.Equal((3, 3), (first.Count, second.Count));
        var names = StateDictionary.Load(folder["model/generator.pt"]).Names;
        Assert.Contains(names, name => name.StartsWith("shared.", StringComparison.Ordinal));
        Assert.Equal(names.Count(name => name.StartsWith("first.", StringComparison.Ordinal)), names.Count(name => name.StartsWith("second.", StringComparison.Ordinal)));
    }

    private static Synthesizer Fit(string method, TempFolder folder, int steps = 2)
    {
        var entry = Synthesizers.Get(method);
        var members = Images.Noise(24, 1, 28, 28, classes: 2);
        var synthesizer = entry.Create(SmallOptions.Of(entry, steps, 500), members.Shape, members.ClassNames);
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        synthesizer.Save(folder["model"]);
        return synthesizer;
    }
}
