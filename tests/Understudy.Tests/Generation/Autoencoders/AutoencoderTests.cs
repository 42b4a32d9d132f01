using Understudy.Generation;
using Understudy.Generation.Autoencoders;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Optimization;
using Understudy.Training;

namespace Understudy.Tests.Generation.Autoencoders;

public sealed class AutoencoderTests
{
    public static TheoryData<string> Names() => ["vae", "aae", "vaegan", "ali"];

    [Fact]
    public void The_divergence_from_the_prior_is_the_closed_form()
    {
        using var scope = new TensorScope();
        // ½ (1 + 1 - 1 - 0) + ½ (0 + e - 1 - 1) and ½ (4 + e⁻¹ - 1 + 1) + 0, averaged.
        var (mean, logVariance) = (Tensor.From([1f, 0f, 2f, 0f], 2, 2), Tensor.From([0f, 1f, -1f, 0f], 2, 2));
        var expected = (0.5 + ((Math.E - 2) / 2) + ((4 + Math.Exp(-1)) / 2)) / 2;
        Assert.Equal(expected, Variational.Divergence(mean, logVariance).Item<float>(), 1e-6);
    }

    [Fact]
    public void The_reconstruction_term_sums_over_pixels_and_averages_over_images()
    {
        using var scope = new TensorScope();
        // Squares 1 + 4 and 0 + 9, over two images and 2σ² = ½.
        var loss = Variational.Reconstruction(Tensor.From([1f, 2f, 0f, 3f], 2, 1, 1, 2), Tensor.Zeros([2, 1, 1, 2]), 0.5);
        Assert.Equal((5 + 9) / 2.0 / 0.5, loss.Item<float>(), 1e-5);
    }

    /// <summary>False alarms: means and variances of 100,000 draws within 1 % and 2 %, 6 and 4.5 standard errors: one run in 10⁵.</summary>
    [Fact]
    public void A_code_is_drawn_with_the_mean_and_variance_that_the_encoder_says()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(5);
        var draws = Variational.Draw(Tensor.Full([100_000], 1), Tensor.Full([100_000], Math.Log(0.25)));
        Assert.Equal(1, draws.Mean().Item<float>(), 0.01);
        Assert.Equal(0.25, draws.Var([0]).Item<float>(), 0.005);
    }

    [Fact]
    public void Features_are_compared_by_half_their_squared_distance()
    {
        using var scope = new TensorScope();
        Assert.Equal((5 + 9) / 4.0, VaeGan.FeatureDistance(Tensor.From([1f, 2f, 0f, 3f], 2, 2), Tensor.Zeros([2, 2])).Item<float>(), 1e-6);
    }

    [Fact]
    public void The_pair_of_generator_and_encoder_wants_the_opposite_of_what_the_discriminator_wants()
    {
        using var scope = new TensorScope();
        var (encoded, generated) = (Tensor.From([1f, -2f], 2, 1), Tensor.From([0.5f, -1f], 2, 1));
        // ln(1 + e^a) at -1, 2, ½, -1 and at 1, -2, -½, 1.
        Assert.Equal(((0.313262 + 2.126928) / 2) + ((0.974077 + 0.313262) / 2), Ali.LossOfD(encoded, generated).Item<float>(), 2e-6);
        Assert.Equal(((1.313262 + 0.126928) / 2) + ((0.474077 + 1.313262) / 2), Ali.LossOfPair(encoded, generated).Item<float>(), 2e-6);
    }

    [Fact]
    public void Players_that_share_a_computation_step_from_the_same_point()
    {
        using var scope = new TensorScope();
        var (a, b) = (Tensor.From([2f]), Tensor.From([3f]));
        (a.RequiresGrad, b.RequiresGrad) = (true, true);
        using var first = new Learner(new Sgd([a], 0.1));
        using var second = new Learner(new Sgd([b], 0.1));
        var product = a * b;
        Learner.LowerTogether((first, product.Sum()), (second, (2 * product).Sum()));
        Assert.Equal(2 - (0.1f * 3), a.Item<float>(), 1e-6f);
        Assert.Equal(3 - (0.1f * 2 * 2), b.Item<float>(), 1e-6f); // with the old a, and its own loss alone
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loaded_model_encodes_and_decodes_as_the_fitted_one(string method)
    {
        using var folder = new TempFolder();
        using var scope = new TensorScope();
        var members = Images.Noise(20, 1, 28, 28);
        var entry = Synthesizers.Get(method);
        Synthesizer Create() => entry.Create(SmallOptions.Of(entry, 3, 500), members.Shape, members.ClassNames);
        var fitted = Create();
        fitted.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        fitted.Save(folder["model"]);
        var loaded = Create();
        loaded.Load(folder["model"]);
        var codes = ((IEncodesImages)fitted).Encode(members);
        Assert.Equal([20, 6], codes.Shape);
        Assert.Equal(codes.ToArray<float>(), ((IEncodesImages)loaded).Encode(members).ToArray<float>());
        Assert.Equal(((IEncodesImages)fitted).Decode(codes).Pixels, ((IEncodesImages)loaded).Decode(codes).Pixels);
    }

    /// <summary>Images that differ in how bright their halves are.</summary>
    [Fact]
    public void A_vae_learns_to_write_what_it_reads()
    {
        using var folder = new TempFolder();
        using var scope = new TensorScope();
        var pixels = new byte[64 * 28 * 28];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i % 28 < 14 ? i / 784 % 8 * 36 : 255 - (i / 6272 * 36));
        var members = new Understudy.Data.ImageSet(new(1, 28, 28), pixels);
        using var vae = new Vae(new VaeOptions { Steps = 300, BatchSize = 16, Width = 8, LatentSize = 4, EmaDecay = 0.9, Sigma = 0.3, LearningRate = 3e-3 }, members.Shape, []);
        vae.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        var written = vae.Decode(vae.Encode(members)).Pixels;
        double error = 0, spread = 0, mean = pixels.Average(p => (double)p);
        for (var i = 0; i < pixels.Length; i++)
        {
            error += Math.Pow(pixels[i] - written[i], 2);
            spread += Math.Pow(pixels[i] - mean, 2);
        }
        Assert.True(error < 0.1 * spread, $"the error is {error / spread:P0} of the variance");
    }
}
