using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Generation.Gan.Tricks;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Tests.Data;

namespace Understudy.Tests.Generation.Gan;

/// <summary>Losses of two real and two generated samples, beside values worked out by hand; ln(1 + e^a) is 0.313262 at -1, 0.474077 at -½, 0.974077 at ½.</summary>
public sealed class LossTests
{
    private static readonly ImageShape Shape = new(1, 28, 28);
    private static readonly float[] Real = [1, -2];
    private static readonly float[] Fake = [0.5f, -1];

    public static TheoryData<Divergence> Divergences => [.. Enum.GetValues<Divergence>()];

    [Fact]
    public void Cross_entropy_with_the_loss_that_does_not_saturate()
    {
        using var gan = new Dcgan(new PlainGanOptions(), Shape, []);
        // D: (0.313262 + 2.126928)/2 + (0.974077 + 0.313262)/2. G: (0.474077 + 1.313262)/2.
        AssertLosses(gan, 1.863764, 0.893669);
    }

    [Fact]
    public void One_sided_label_smoothing_lowers_the_target_of_real_images_only()
    {
        using var gan = new Dcgan(new PlainGanOptions { Tricks = new GanTricks { LabelSmoothing = 0.1 } }, Shape, []);
        // D: real (0.9 · 0.313262 + 0.1 · 1.313262 + 0.9 · 2.126928 + 0.1 · 0.126928)/2 = 1.170095, fake as before.
        AssertLosses(gan, 1.170095 + 0.643669, 0.893669);
    }

    [Fact]
    public void Least_squares()
    {
        using var gan = new LsGan(new LossGanOptions(), Shape, []);
        // D: (0² + 3²)/4 + (0.5² + 1²)/4. G: (0.5² + 2²)/4.
        AssertLosses(gan, 2.5625, 1.0625);
    }

    [Fact]
    public void Hinge()
    {
        using var gan = new HingeGan(new LossGanOptions(), Shape, []);
        // D: (0 + 3)/2 + (1.5 + 0)/2. G: -(0.5 - 1)/2.
        AssertLosses(gan, 2.25, 0.25);
    }

    /// <summary>-ln(1 + e^D), which is level where D is sure that an image is generated, as the game of Goodfellow et al. has it.</summary>
    [Fact]
    public void The_minimax_game_is_an_f_gan_that_may_saturate()
    {
        using var gan = new FGan(new FGanOptions { Divergence = Divergence.Gan, Saturating = true }, Shape, []);
        AssertLosses(gan, 1.863764, -(0.974077 + 0.313262) / 2);
        using var scope = new TensorScope();
        var logit = Tensor.From([-30f], 1, 1);
        logit.RequiresGrad = true;
        gan.LossOfG(logit).Backward();
        Assert.Equal(0, logit.Grad!.Item<float>(), 1e-6f);
    }

    [Fact]
    public void Wasserstein()
    {
        using var clipped = new Wgan(new WganOptions(), Shape, []);
        AssertLosses(clipped, 0.5 - 0.25, 0.25);
        using var penalized = new WganGp(new WganGpOptions(), Shape, []);
        AssertLosses(penalized, 0.5 - 0.25, 0.25);
    }

    /// <summary>The variational bound with the conjugates and activations as Nowozin et al. list them, in double precision.</summary>
    [Theory]
    [MemberData(nameof(Divergences))]
    public void Every_divergence_has_the_conjugate_and_activation_of_the_table(Divergence divergence)
    {
        static double Sigma(double v) => 1 / (1 + Math.Exp(-v));
        double G(double v) => divergence switch
        {
            Divergence.KullbackLeibler or Divergence.Pearson => v,
            Divergence.ReverseKullbackLeibler => -Math.Exp(-v),
            Divergence.SquaredHellinger => 1 - Math.Exp(-v),
            Divergence.JensenShannon => Math.Log(2) - Math.Log(1 + Math.Exp(-v)),
            _ => Math.Log(Sigma(v)),
        };
        double Conjugate(double t) => divergence switch
        {
            Divergence.KullbackLeibler => Math.Exp(t - 1),
            Divergence.ReverseKullbackLeibler => -1 - Math.Log(-t),
            Divergence.Pearson => (t * t / 4) + t,
            Divergence.SquaredHellinger => t / (1 - t),
            Divergence.JensenShannon => -Math.Log(2 - Math.Exp(t)),
            _ => -Math.Log(1 - Math.Exp(t)),
        };
        using var gan = new FGan(new FGanOptions { Divergence = divergence }, Shape, []);
        AssertLosses(gan, -((G(1) + G(-2)) / 2) + ((Conjugate(G(0.5)) + Conjugate(G(-1))) / 2), -((G(0.5) + G(-1)) / 2));
    }

    /// <summary>A discriminator that is sure of itself must not silence the generator: the slope of its loss stays near -1.</summary>
    [Fact]
    public void The_generator_learns_from_a_discriminator_that_is_sure()
    {
        using var gan = new Dcgan(new PlainGanOptions(), Shape, []);
        using var scope = new TensorScope();
        var logit = Tensor.From([-30f], 1, 1);
        logit.RequiresGrad = true;
        gan.LossOfG(logit).Backward();
        Assert.Equal(-1, logit.Grad!.Item<float>(), 1e-6f);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-1000)]
    public void Large_scores_do_not_overflow(float score)
    {
        using var gan = new Dcgan(new PlainGanOptions(), Shape, []);
        using var scope = new TensorScope();
        var scores = Tensor.From([score], 1, 1);
        Assert.True(float.IsFinite(gan.LossOfD(scores, scores).Item<float>()));
        Assert.True(float.IsFinite(gan.LossOfG(scores).Item<float>()));
    }

    [Fact]
    public void Each_player_wants_what_it_should()
    {
        foreach (var gan in new PlainGan[]
        {
            new Dcgan(new PlainGanOptions(), Shape, []), new LsGan(new LossGanOptions(), Shape, []), new HingeGan(new LossGanOptions(), Shape, []), new Wgan(new WganOptions(), Shape, []),
            new WganGp(new WganGpOptions(), Shape, []), new FGan(new FGanOptions(), Shape, []),
        })
        {
            using var freed = gan;
            using var scope = new TensorScope();
            var (real, fake) = (Tensor.From([0.2f], 1, 1), Tensor.From([0.3f], 1, 1));
            (real.RequiresGrad, fake.RequiresGrad) = (true, true);
            var ofD = Autograd.Grad([gan.LossOfD(real, fake)], [real, fake]);
            Assert.True(ofD[0]!.Item<float>() < 0, $"{gan.Card.Name}: D must raise the scores of real images");
            Assert.True(ofD[1]!.Item<float>() > 0, $"{gan.Card.Name}: D must lower the scores of generated images");
            Assert.True(Autograd.Grad([gan.LossOfG(fake)], [fake])[0]!.Item<float>() < 0, $"{gan.Card.Name}: G must raise the scores of its images");
        }
    }

    [Fact]
    public void The_penalty_of_a_linear_critic_follows_from_its_weight()
    {
        using var scope = new TensorScope();
        using var critic = new Linear(2, 1);
        using (Autograd.NoGrad()) critic.Weight.CopyFrom(Tensor.From([3f, 4f], 1, 2));
        var penalty = WganGp.GradientPenalty(critic, Tensor.RandN([5, 2]), Tensor.RandN([5, 2]), Tensor.Rand([5]));
        Assert.Equal(16, penalty.Item<float>(), 1e-4f); // (‖(3, 4)‖ - 1)²
    }

    /// <summary>The penalty is differentiated through its own gradient; central differences in 64 bits say the same.</summary>
    [Fact]
    public void The_penalty_can_be_differentiated()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(3);
        using var critic = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 1));
        critic.To(DType.Float64);
        var (real, fake, mix) = (Tensor.RandN([4, 3], DType.Float64), Tensor.RandN([4, 3], DType.Float64), Tensor.Rand([4], DType.Float64));
        var weight = ((Linear)critic[0]).Weight;
        var gradient = Autograd.Grad([WganGp.GradientPenalty(critic, real, fake, mix)], [weight])[0]!.ToArray<double>();
        const double step = 1e-5;
        for (var i = 0; i < gradient.Length; i++)
        {
            double At(double offset)
            {
                using (Autograd.NoGrad()) weight.Flatten().Narrow(0, i, 1).AddInPlace(offset);
                return WganGp.GradientPenalty(critic, real, fake, mix).Item<double>();
            }
            var (up, down) = (At(step), At(-2 * step));
            At(step);
            Assert.Equal((up - down) / (2 * step), gradient[i], 1e-7);
        }
    }

    [Fact]
    public void The_penalty_is_taken_between_a_real_and_its_generated_image()
    {
        using var scope = new TensorScope();
        using var critic = new Quadratic();
        // D(u) = ½‖u‖² has slope u, and u = 0.25 · (4, 0) + 0.75 · (0, 4) = (1, 3).
        var penalty = WganGp.GradientPenalty(critic, Tensor.From([4f, 0f], 1, 2), Tensor.From([0f, 4f], 1, 2), Tensor.From([0.25f]));
        Assert.Equal(Math.Pow(Math.Sqrt(10) - 1, 2), penalty.Item<float>(), 1e-4);
    }

    [Theory]
    [InlineData("wgan")]
    [InlineData("wgangp")]
    [InlineData("hingegan")]
    [InlineData("fgan")]
    public void A_loss_without_targets_refuses_to_smooth_them(string method)
    {
        using var folder = new TempFolder();
        var tricks = new GanTricks { LabelSmoothing = 0.1 };
        using PlainGan gan = method switch
        {
            "wgan" => new Wgan(new WganOptions { Tricks = tricks }, Shape, []),
            "wgangp" => new WganGp(new WganGpOptions { Tricks = tricks }, Shape, []),
            "hingegan" => new HingeGan(new LossGanOptions { Tricks = tricks }, Shape, []),
            _ => new FGan(new FGanOptions { Tricks = tricks }, Shape, []),
        };
        Assert.Contains("labelSmoothing", Images.InputError(() => gan.Load(folder.Path)), StringComparison.Ordinal);
    }

    /// <summary>The two classes of a sample are apart by 2, so that the right one costs ln(1 + e^-2) = 0.126928 and the wrong one 2.126928.</summary>
    [Fact]
    public void Auxiliary_classes_are_learnt_from_real_images_alone()
    {
        using var scope = new TensorScope();
        var y = Tensor.From([0L, 1L]);
        var (real, fake) = (Tensor.From([1f, 2f, 0f, -2f, 2f, 0f], 2, 3), Tensor.From([0.5f, 0f, 2f, -1f, 0f, 2f], 2, 3));
        (real.RequiresGrad, fake.RequiresGrad) = (true, true);
        var ofD = AcGan.LossOfD(real, fake, y);
        Assert.Equal(1.863764, ofD.Source.Item<float>(), 2e-6);
        Assert.Equal((0.126928 + 2.126928) / 2, ofD.Class.Item<float>(), 2e-6);
        var gradient = Autograd.Grad([ofD.Source + ofD.Class], [fake])[0]!.ToArray<float>();
        Assert.All(gradient.Where((_, i) => i % 3 > 0), slope => Assert.Equal(0, slope));

        var ofG = AcGan.LossOfG(fake, y);
        Assert.Equal(0.893669, ofG.Source.Item<float>(), 2e-6);
        Assert.Equal((2.126928 + 0.126928) / 2, ofG.Class.Item<float>(), 2e-6);
    }

    /// <summary>Real images of their class as for every GAN, and what should be refused by halves: ln(1 + e^a) is 2.126928 at 2 and 0.693147 at 0.</summary>
    [Fact]
    public void A_discriminator_that_is_aware_of_matching_refuses_wrong_classes_and_generated_images_by_halves()
    {
        using var scope = new TensorScope();
        var (real, fake, mismatched) = (Tensor.From(Real, 2, 1), Tensor.From(Fake, 2, 1), Tensor.From([2f, 0f], 2, 1));
        Assert.Equal(1.863764, ConditionalGan.LossOfD(real, fake, null).Item<float>(), 2e-6);
        Assert.Equal(1.220095 + (0.5 * (((2.126928 + 0.693147) / 2) + ((0.974077 + 0.313262) / 2))), ConditionalGan.LossOfD(real, fake, mismatched).Item<float>(), 2e-6);
    }

    /// <summary>No class is its own other, and the K - 1 others come alike: 6,000 draws of three give each 2,000 ± 200, 5.5 standard deviations; a false alarm in 10⁷ seeds.</summary>
    [Fact]
    public void Wrong_classes_are_drawn_evenly_from_the_others()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(1);
        var others = ConditionalGan.OtherClasses(Tensor.Full([6000], 2, DType.Int64), 4).ToArray<long>();
        Assert.All(new[] { 0L, 1L, 3L }, other => Assert.InRange(others.Count(drawn => drawn == other), 1800, 2200));
        Assert.DoesNotContain(2L, others);
        Assert.Equal([1L, 0L], ConditionalGan.OtherClasses(Tensor.From([0L, 1L]), 2).ToArray<long>());
    }

    [Theory]
    [InlineData(0, "no classes")]
    [InlineData(1, "one class")]
    public void Without_another_class_there_is_no_wrong_one(int classes, string expected)
    {
        var names = Enumerable.Range(0, classes).Select(k => $"class {k}").ToArray();
        Assert.Contains(expected, Images.InputError(() => _ = new ConditionalGan(new ConditionalGanOptions { MatchingAware = true }, Shape, names)), StringComparison.Ordinal);
        using var plain = new ConditionalGan(new ConditionalGanOptions(), Shape, names);
    }

    private static void AssertLosses(PlainGan gan, double ofD, double ofG)
    {
        using var scope = new TensorScope();
        var (real, fake) = (Tensor.From(Real, 2, 1), Tensor.From(Fake, 2, 1));
        Assert.Equal(ofD, gan.LossOfD(real, fake).Item<float>(), 2e-6);
        Assert.Equal(ofG, gan.LossOfG(fake).Item<float>(), 2e-6);
    }

    private sealed class Quadratic : Module
    {
        public override Tensor Forward(Tensor x) => 0.5 * x.Square().Sum([1], keepDim: true);
    }
}
