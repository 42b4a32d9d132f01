using System.Globalization;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Autoencoders;
using Understudy.Generation.Denoising;
using Understudy.Generation.Dual;
using Understudy.Generation.Gan;
using Understudy.Generation.Gan.Tricks;
using Understudy.Generation.Translation;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Serialization;
using Understudy.Training;

namespace Understudy.Tests.Generation.Gan;

/// <summary>Mistakes that any of the GANs could make for itself, looked for in each.</summary>
public sealed class CommonTrapTests
{
    private const double Ln2 = 0.69314718;

    /// <summary>
    /// Before it has learnt anything a discriminator with weights of N(0, 0.02²) says nearly 0 of every image, where each cross-entropy is ln 2 and each square 1: signs, factors and
    /// the number of terms of a method's losses show in their sums, and a saturating generator's loss would be negative.
    /// </summary>
    [Theory]
    [InlineData("dcgan", "discriminator", 2 * Ln2)]
    [InlineData("dcgan", "generator", Ln2)]
    [InlineData("lsgan", "discriminator", 0.5)]
    [InlineData("lsgan", "generator", 0.5)]
    [InlineData("hingegan", "discriminator", 2)]
    [InlineData("cgan", "discriminator", 2 * Ln2)]
    [InlineData("cgan", "generator", Ln2)]
    [InlineData("acgan", "discriminator", 2 * Ln2)]
    [InlineData("acgan", "generator", Ln2)]
    [InlineData("acgan", "classReal", 2.302585)] // ln 10
    [InlineData("infogan", "discriminator", 2 * Ln2)]
    [InlineData("infogan", "generator", Ln2)]
    [InlineData("cogan", "discriminator", 4 * Ln2)]
    [InlineData("cogan", "generator", 2 * Ln2)]
    [InlineData("vaegan", "discriminator", 3 * Ln2)]
    [InlineData("vaegan", "decoder", 2 * Ln2)]
    [InlineData("ali", "discriminator", 2 * Ln2)]
    [InlineData("ali", "generator", 2 * Ln2)]
    [InlineData("lapgan", "discriminator", 6 * Ln2)] // three levels
    [InlineData("lapgan", "generator", 3 * Ln2)]
    [InlineData("aae", "discriminator", 2 * Ln2)]
    [InlineData("aae", "adversarial", Ln2)]
    [InlineData("pix2pix", "discriminator", 2 * Ln2)]
    [InlineData("pix2pix", "translator", Ln2)]
    [InlineData("cyclegan", "discriminator", 1)]
    [InlineData("cyclegan", "translators", 2)]
    [InlineData("srgan", "discriminator", 2 * Ln2)]
    [InlineData("srgan", "adversarial", Ln2)]
    public void First_losses_are_those_of_a_discriminator_that_knows_nothing(string method, string name, double expected)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(64, 1, 28, 28, classes: 10);
        var entry = Synthesizers.Get(method);
        var options = Set(SmallOptions.Of(entry, 2, 500, rate: 1e-8), ("LearningRateD", 1e-8), ("BatchSize", 32));
        using (Fitted(entry, options, members, folder) as IDisposable)
        {
        }
        var lines = File.ReadAllLines(folder["losses.csv"]);
        var column = Array.IndexOf(lines[0].Split(','), name);
        Assert.Equal(expected, double.Parse(lines[2].Split(',')[column], CultureInfo.InvariantCulture), 0.25 * expected);
    }

    /// <summary>
    /// Batch norms of a discriminator count the batches they have seen: real, generated and, in the generator's step, generated again; one less for images that were joined. InfoGAN's
    /// head of Q sees generated ones alone. Networks without a batch norm have nothing to share.
    /// </summary>
    [Theory]
    [InlineData("lsgan", "discriminator/", 3)]
    [InlineData("hingegan", "discriminator/", 3)]
    [InlineData("fgan", "discriminator/", 3)]
    [InlineData("infogan", "discriminator/trunk", 3)]
    [InlineData("infogan", "discriminator/code", 2)]
    [InlineData("vaegan", "discriminator/", 6)] // x, x̃ and x_p for D, then for the features and the scores of the decoder
    [InlineData("pix2pix", "discriminator/", 3)]
    [InlineData("srgan", "discriminator/", 3)]
    public void Real_and_generated_images_go_through_a_discriminator_apart(string method, string network, int passes)
    {
        const int steps = 3;
        using var folder = new TempFolder();
        var entry = Synthesizers.Get(method);
        using (Fitted(entry, Set(SmallOptions.Of(entry, steps, 500), ("Width", 4)), Images.Noise(24, 1, 28, 28, classes: 2), folder) as IDisposable)
        {
        }
        var counts = StateDictionary.Load(folder["checkpoint.pt"])
            .Where(t => t.Key.StartsWith(network, StringComparison.Ordinal) && t.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Select(t => t.Value.Item<long>()).ToArray();
        Assert.NotEmpty(counts);
        var counted = method == "srgan" ? steps - 1 : steps; // its first step knows no discriminator
        Assert.All(counts, count => Assert.Equal(passes * counted, count));
    }

    [Theory]
    [InlineData("wgan")]
    [InlineData("wgangp")]
    [InlineData("cgan")]
    [InlineData("acgan")]
    [InlineData("ssgan")]
    [InlineData("lapgan")]
    [InlineData("ali")]
    [InlineData("cyclegan")]
    public void Other_discriminators_have_no_batch_norm(string method)
    {
        using var folder = new TempFolder();
        var entry = Synthesizers.Get(method);
        using (Fitted(entry, Set(SmallOptions.Of(entry, 1, 500), ("Width", 4)), Images.Noise(24, 1, 28, 28, classes: 2), folder) as IDisposable)
        {
        }
        Assert.DoesNotContain(StateDictionary.Load(folder["checkpoint.pt"]).Names, name => name.StartsWith("discriminator", StringComparison.Ordinal) && name.Contains("running", StringComparison.Ordinal));
    }

    /// <summary>Of a draw of 16 numbers and one of 80 the first 16 are the same, so the first of five samples is the one drawn alone; a grey level for rounding.</summary>
    [Theory]
    [InlineData("dcgan")]
    [InlineData("lsgan")]
    [InlineData("wgangp")]
    [InlineData("cgan")]
    [InlineData("acgan")]
    [InlineData("stylegan")]
    [InlineData("ssgan")]
    [InlineData("cogan")]
    [InlineData("vae")]
    [InlineData("aae")]
    [InlineData("ali")]
    [InlineData("pix2pix")]
    [InlineData("cyclegan")]
    [InlineData("dp-gan")]
    [InlineData("dp-cgan")]
    public void A_sample_does_not_depend_on_those_drawn_with_it(string method)
    {
        using var folder = new TempFolder();
        var entry = Synthesizers.Get(method);
        var synthesizer = Fitted(entry, Set(SmallOptions.Of(entry, 3, 500), ("LatentSize", 16)), Images.Noise(24, 1, 28, 28, classes: 2), folder);
        using var freed = synthesizer as IDisposable;
        var alone = synthesizer.Sample(1, 5, synthesizer.IsConditional ? [1] : null).Image(0);
        var together = synthesizer.Sample(5, 5, synthesizer.IsConditional ? [1, 0, 1, 0, 1] : null).Image(0);
        for (var p = 0; p < alone.Length; p++) Assert.InRange(alone[p] - together[p], -1, 1);
    }

    /// <summary>ln(1 + e^a) of a = ±1000 is 1000 or 0; through a sigmoid it would be infinite.</summary>
    [Fact]
    public void Losses_of_large_scores_are_finite_and_right()
    {
        using var scope = new TensorScope();
        var (y, n) = (Tensor.From([1000f], 1, 1), Tensor.From([-1000f], 1, 1));
        var wrong = new Dictionary<string, Tensor>
        {
            ["CoGAN"] = CoGan.LossOfD((n, n), (y, y)) / 4,
            ["CoGAN's generator"] = CoGan.LossOfG((n, n)) / 2,
            ["ALI"] = Ali.LossOfD(n, y) / 2,
            ["ALI's pair"] = Ali.LossOfPair(y, n) / 2,
            ["AC-GAN"] = AcGan.LossOfD(Tensor.From([-1000f, 0, 0], 1, 3), Tensor.From([1000f, 0, 0], 1, 3), Tensor.From([0L])).Source / 2,
            ["AC-GAN's generator"] = AcGan.LossOfG(Tensor.From([-1000f, 0, 0], 1, 3), Tensor.From([0L])).Source,
            ["semi-supervised"] = SemiSupervisedGan.SourceLoss(n, y) / 2,
            ["codes"] = AutoencoderLosses.Discriminator(n, y) / 2,
            ["encoder"] = AutoencoderLosses.Encoder(n),
            ["patches, real"] = MaskPainter.Real(n).Mean(),
            ["patches, painted"] = MaskPainter.Fake(y).Mean(),
        };
        Assert.All(wrong, loss => Assert.Equal(1000, loss.Value.Item<float>(), 1e-3f));
    }

    /// <summary>Black and white pixels are told apart at once, and a generator that does not learn leaves it so: the training ends 500 steps after that, not at its last step.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0.3251)] // the entropy of the smoothed target, in nats: no answer has less
    public void A_discriminator_that_has_won_ends_the_training(double labelSmoothing, double floor)
    {
        using var folder = new TempFolder();
        var white = new ImageSet(new ImageShape(1, 1, 2), [.. Enumerable.Repeat(byte.MaxValue, 64)]);
        using var gan = new FcGan(
            new PlainGanOptions { Steps = 3000, BatchSize = 8, Width = 8, LatentSize = 2, LearningRateD = 5e-3, LearningRateG = 1e-8, CheckpointEvery = 5000, Tricks = new() { LabelSmoothing = labelSmoothing } }, white.Shape, []);
        var done = gan.Fit(white.Private(folder), new FitContext(folder.Path, 1));
        Assert.InRange(done, 500, 2900);
        Assert.All(File.ReadLines(folder["losses.csv"]).TakeLast(500), line => Assert.True(double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture) < floor + 0.02));
    }

    /// <summary>Judging is no training: singular vectors that moved with every look would give another answer each time.</summary>
    [Fact]
    public void A_discriminator_under_spectral_norm_judges_twice_alike()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(24, 1, 28, 28);
        using var gan = new Dcgan(new PlainGanOptions { Steps = 3, BatchSize = 8, Width = 4, LatentSize = 4, Tricks = new GanTricks { SpectralNorm = true } }, members.Shape, []);
        gan.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        Assert.Equal(gan.Judge(members), gan.Judge(members));
    }

    /// <summary>The pool that the discriminators of a CycleGAN are shown is of images, not of how they came about.</summary>
    [Fact]
    public void What_a_pool_shows_leads_no_slope_back_to_the_generator()
    {
        using var scope = new TensorScope();
        using var pool = new ImagePool(2, [1], Device.Cpu);
        var made = Tensor.From([1f, 2f, 3f], 3, 1);
        made.RequiresGrad = true;
        Assert.False(pool.Exchange(made * 2).RequiresGrad);
    }

    private static object Set(object options, params (string Name, object Value)[] values)
    {
        foreach (var (name, value) in values) options.GetType().GetProperty(name)?.SetValue(options, value);
        return options;
    }

    private static Synthesizer Fitted(SynthesizerEntry entry, object options, ImageSet members, TempFolder folder)
    {
        var synthesizer = entry.Create(options, members.Shape, members.ClassNames);
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        return synthesizer;
    }
}
