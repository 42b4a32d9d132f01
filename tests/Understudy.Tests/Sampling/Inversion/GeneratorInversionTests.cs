using Understudy.Data;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Sampling.Inversion;
using Understudy.Tests.Data;
using Understudy.Torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Understudy.Tests.Sampling.Inversion;

public sealed class GeneratorInversionTests : IDisposable
{
    private static readonly InversionOptions Quick = new() { Iterations = 300, Restarts = 1, CorrectionIterations = 0 };
    private readonly SmoothGenerator generator = new();

    public void Dispose() => generator.Dispose();

    [Fact]
    public void Images_that_the_generator_made_come_back_with_their_latent_vectors()
    {
        var latents = LatentImages.Draw(generator, null, 30, 3);
        var images = LatentImages.Decode(generator, latents);
        var result = new GeneratorInversion(generator, Quick with { Iterations = 800 }).Invert(images, seed: 1);
        Assert.All(result.Errors, error => Assert.InRange(error, 0, 1e-4)); // 8-bit pixels alone are 2e-5 away
        for (var i = 0; i < 30; i++) Assert.True(TensorPrimitives.CosineSimilarity(result.Latents.Row(i), latents.Row(i)) > 0.999);
        Assert.True(result.Curve[^1].Loss < 0.01 * result.Curve[0].Loss);
        Assert.Equal(0, result.Curve[0].Iteration);
    }

    [Theory]
    [InlineData(InversionOptimiser.Adam)]
    [InlineData(InversionOptimiser.RmsProp)]
    public void Together_or_one_by_one_is_the_same(InversionOptimiser optimiser)
    {
        // Means over the batch would make gradients, and with Adam's ε the result, depend on its size.
        var images = Images.Noise(8, 1, 6, 6);
        var options = Quick with { Optimiser = optimiser, Iterations = 150 };
        var together = new GeneratorInversion(generator, options).Invert(images, 1);
        var alone = new GeneratorInversion(generator, options with { BatchSize = 1 }).Invert(images, 1);
        for (var i = 0; i < 8; i++) Assert.Equal(together.Errors[i], alone.Errors[i], 4);
        Assert.Equal(8, generator.LargestBatch);
    }

    // 300 images that cannot be made, at their best from the start, lose nothing more: their sum would end the descent of the one that can, long before its own end.
    [Fact]
    public void An_image_stops_by_its_own_loss_whatever_others_of_its_batch_do()
    {
        using var weak = new SmoothGenerator(gain: 0.2);
        var white = new ImageSet(weak.Shape, [.. Enumerable.Repeat(byte.MaxValue, 36)]);
        var options = Quick with { LearningRate = 0.02, Iterations = 1000 };
        var settled = new GeneratorInversion(weak, options with { LearningRate = 0.05, Iterations = 3000 }).Invert(white, 1).Latents;
        var own = LatentImages.Decode(weak, LatentImages.Draw(weak, null, 1, 3));
        var images = ImageSet.Concat(own, ImageSet.Concat([.. Enumerable.Repeat(white, 300)]));
        float[] start = [.. Enumerable.Repeat(0.1f, 8), .. Enumerable.Repeat(settled.Values, 300).SelectMany(z => z)];
        var together = new GeneratorInversion(weak, options with { BatchSize = 301 }).Invert(images, 1, new FeatureMatrix(start, 301, 8));
        var alone = new GeneratorInversion(weak, options).Invert(own, 1, new FeatureMatrix(start[..8], 1, 8));
        Assert.True(alone.Errors[0] < 1e-4, $"{alone.Errors[0]}");
        Assert.Equal(alone.Errors[0], together.Errors[0], 1e-3 * alone.Errors[0]);
    }

    [Fact]
    public void An_error_is_the_mean_square_on_the_signed_range()
    {
        // An untrainable target far outside: with z held near 0 by the prior, G(z) is near 0 and white pixels are 1 away.
        var white = new ImageSet(generator.Shape, [.. Enumerable.Repeat(byte.MaxValue, 36)]);
        var result = new GeneratorInversion(generator, Quick with { Alpha = 1e6 }).Invert(white, 1);
        Assert.Equal(1, result.Errors[0], 0.02);
        Assert.InRange(result.Norms[0], 0, 0.05);
    }

    [Fact]
    public void A_stronger_prior_raises_the_error_and_lowers_the_norm()
    {
        var images = Images.Noise(20, 1, 6, 6);
        var byAlpha = new[] { 0, 0.01, 0.1, 1 }.Select(alpha => new GeneratorInversion(generator, Quick with { Alpha = alpha }).Invert(images, 1)).ToArray();
        for (var i = 1; i < byAlpha.Length; i++)
        {
            Assert.True(byAlpha[i].Errors.Average() > byAlpha[i - 1].Errors.Average());
            Assert.True(byAlpha[i].Norms.Average() < byAlpha[i - 1].Norms.Average());
        }
    }

    [Fact]
    public void Restarts_never_raise_the_loss_and_correction_raises_the_error_by_a_twentieth_at_most()
    {
        var images = Images.Noise(20, 1, 6, 6);
        using var rugged = new SmoothGenerator(scale: 2);
        var options = Quick with { Iterations = 60 };
        var once = new GeneratorInversion(rugged, options).Invert(images, 1);
        var best = new GeneratorInversion(rugged, options with { Restarts = 4 }).Invert(images, 1);
        for (var i = 0; i < 20; i++) Assert.True(best.Errors[i] <= once.Errors[i] + 1e-6);
        Assert.True(best.Errors.Average() < 0.99 * once.Errors.Average());
        var corrected = new GeneratorInversion(rugged, options with { Restarts = 4, CorrectionIterations = 60 }).Invert(images, 1);
        Assert.InRange(corrected.Corrected, 1, 20);
        for (var i = 0; i < 20; i++) Assert.True(corrected.Errors[i] <= (1.05 * best.Errors[i]) + 1e-6);
        Assert.InRange(corrected.Errors.Zip(once.Errors).Count(pair => pair.First <= pair.Second + 1e-6), 19, 20); // together they better or keep 95 %
    }

    [Fact]
    public void Correction_brings_a_vector_back_to_the_shell_of_the_prior()
    {
        // White wants z to run away; the corrected vector starts at length √nz and has few steps to leave it.
        using var flat = new SmoothGenerator(scale: 3);
        var white = new ImageSet(flat.Shape, [.. Enumerable.Range(0, 36 * 4).Select(i => (byte)(i % 2 * 255))]);
        var options = Quick with { LearningRate = 0.2 };
        var free = new GeneratorInversion(flat, options).Invert(white, 1);
        var corrected = new GeneratorInversion(flat, options with { CorrectionIterations = 1 }).Invert(white, 1);
        Assert.True(free.Norms.Average() > 1.2 * Math.Sqrt(8));
        Assert.True(corrected.Norms.Average() <= free.Norms.Average());
    }

    [Fact]
    public void Latent_vectors_of_a_uniform_prior_stay_within_it()
    {
        var images = Images.Noise(6, 1, 6, 6);
        var result = new GeneratorInversion(generator, Quick with { Prior = LatentPrior.Uniform }).Invert(images, 1);
        Assert.All(result.Latents.Values, value => Assert.InRange(value, -1, 1));
        Assert.Contains(new GeneratorInversion(generator, Quick).Invert(images, 1).Latents.Values, value => Math.Abs(value) > 1);
        // So do starts and corrected vectors that no step betters.
        var outside = LatentImages.Draw(generator, null, 6, 3);
        var still = Quick with { Prior = LatentPrior.Uniform, Iterations = 1, CorrectionIterations = 1, LearningRate = 1e-8 };
        Assert.All(new GeneratorInversion(generator, still).Invert(LatentImages.Decode(generator, outside), 1, outside).Latents.Values, value => Assert.InRange(value, -1, 1));
    }

    [Fact]
    public void Cross_entropy_finds_the_same_images()
    {
        var images = LatentImages.Decode(generator, LatentImages.Draw(generator, null, 10, 3));
        var result = new GeneratorInversion(generator, Quick with { Reconstruction = ReconstructionLoss.Bce }).Invert(images, 1);
        Assert.All(result.Errors, error => Assert.InRange(error, 0, 1e-3));
    }

    [Fact]
    public void The_published_mode_is_the_published_loop()
    {
        // A few steps by hand: RMSprop on the mean over batch and pixels of (G(z) - x)² - α mean log N(z).
        var images = Images.Noise(3, 1, 6, 6);
        const double alpha = 0.01;
        var options = InversionOptions.Published(alpha, iterations: 4);
        var result = new GeneratorInversion(generator, options).Invert(images, 7);
        using var scope = new TensorScope();
        var x = Tensor.From(Array.ConvertAll(images.Pixels, p => (p / 127.5f) - 1), 3, 1, 6, 6);
        var start = LatentImages.Draw(generator, null, 3, Understudy.Training.Seed.Derive(7, "start"));
        var z = Tensor.From(start.Values, 3, 8);
        var square = Tensor.ZerosLike(z);
        for (var i = 0; i < 4; i++)
        {
            z = z.Detach();
            z.RequiresGrad = true;
            var logPrior = (-0.5 * z.Square()) - (0.5 * Math.Log(2 * Math.PI));
            var loss = (generator.Forward(z, null) - x).Square().Mean() - (alpha * logPrior.Mean());
            loss.Backward();
            var g = z.Grad!;
            using var noGrad = Autograd.NoGrad();
            square = (0.99 * square) + (0.01 * g * g);
            z = z.Detach() - (0.01 * g / (square.Sqrt() + 1e-8));
        }
        var expected = z.ToArray<float>();
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], result.Latents.Values[i], 5);
    }

    [Fact]
    public void A_generator_that_knows_classes_is_told_them()
    {
        using var conditional = new SmoothGenerator(classNames: ["full", "half"]);
        int[] labels = [0, 1, 0, 1];
        var images = LatentImages.Decode(conditional, LatentImages.Draw(conditional, labels, 4, 3), labels);
        var result = new GeneratorInversion(conditional, Quick).Invert(images, 1);
        Assert.All(result.Errors, error => Assert.InRange(error, 0, 1e-3));
        Assert.Contains("no labels", Images.InputError(() => new GeneratorInversion(conditional, Quick).Invert(new ImageSet(images.Shape, images.Pixels), 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_starts_are_used_and_wrong_images_refused()
    {
        var latents = LatentImages.Draw(generator, null, 5, 3);
        var images = LatentImages.Decode(generator, latents);
        var result = new GeneratorInversion(generator, Quick with { Iterations = 1, LearningRate = 1e-6 }).Invert(images, 1, latents);
        Assert.All(result.Errors, error => Assert.InRange(error, 0, 1e-4));
        Assert.Contains("the model makes 1x6x6", Images.InputError(() => new GeneratorInversion(generator, Quick).Invert(Images.Noise(2), 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_stays_behind_an_inversion()
    {
        var images = Images.Noise(4, 1, 6, 6);
        var inversion = new GeneratorInversion(generator, Quick with { Iterations = 3, Restarts = 2, CorrectionIterations = 2 });
        inversion.Invert(images, 1);
        var before = Tensor.LiveCount;
        inversion.Invert(images, 1);
        Assert.Equal(before, Tensor.LiveCount);
    }

    [Fact]
    public void Baselines_are_those_computed_by_hand()
    {
        var shape = new ImageShape(1, 1, 2);
        var training = new ImageSet(shape, [0, 0, 255, 255]);
        var images = new ImageSet(shape, [255, 0]);
        Assert.Equal(4 / 2.0, ReconstructionBaselines.NearestTrainingImage(images, training)[0], 6);
        Assert.Equal(1, ReconstructionBaselines.MeanImage(images, training)[0], 6);
        var drawn = LatentImages.Decode(generator, LatentImages.Draw(generator, null, 1, 2));
        Assert.Equal(0, ReconstructionBaselines.RandomLatent(drawn, generator, 2)[0]);
    }

    [Fact]
    public void Arithmetic_moves_what_distinguishes_a_group()
    {
        var a = new FeatureMatrix([0, 0, 2, 0, 4, 6], 3, 2);
        var with = new FeatureMatrix([4, 6], 1, 2);
        var direction = LatentArithmetic.Direction(with, a);
        Assert.Equal([2f, 4f], direction);
        Assert.Equal([3f, 4f, 2f, 3f], LatentArithmetic.Add(new FeatureMatrix([1, 0, 0, -1], 2, 2), direction).Values);
        Assert.Equal([2f, 2f], LatentArithmetic.Add(new FeatureMatrix([1, 0], 1, 2), direction, 0.5).Values);
    }
}
