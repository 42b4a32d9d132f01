using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Sampling.Inversion;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Sampling.Inversion;

/// <summary>What an image is inverted to must not depend on the images beside it.</summary>
public sealed class BatchIndependenceTests
{
    // Gradients of some 1e-6 an image: divided by a batch of 250 they would drown in Adam's ε of 1e-8 and the vectors would get half as far.
    [Fact]
    public void Small_gradients_are_followed_as_far_in_a_large_batch_as_alone()
    {
        using var faint = new SmoothGenerator(gain: 5e-5);
        var images = Images.Noise(250, 1, 6, 6);
        var options = new InversionOptions { Iterations = 150, Restarts = 1, CorrectionIterations = 0 };
        var start = new FeatureMatrix(new float[250 * 8], 250, 8);
        var together = new GeneratorInversion(faint, options with { BatchSize = 250 }).Invert(images, 1, start);
        var alone = new GeneratorInversion(faint, options).Invert(images.Subset([0]), 1, new FeatureMatrix(new float[8], 1, 8));
        Assert.Equal(250, faint.LargestBatch);
        Assert.True(alone.Norms[0] > 1, $"{alone.Norms[0]}");
        for (var d = 0; d < 8; d++) Assert.Equal(alone.Latents.Values[d], together.Latents.Values[d], 0.1 * alone.Norms[0]);
    }

    // With batch norm at work as in training the first image would be another in every batch.
    [Fact]
    public void A_generator_with_batch_norm_is_inverted_alike_together_and_alone()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(24, 1, 28, 28);
        using var dcgan = new Dcgan(new PlainGanOptions { Steps = 20, BatchSize = 8, Width = 4, LatentSize = 8, LearningRateG = 0.01, EmaDecay = 0.5 }, members.Shape, []);
        dcgan.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        using var generator = dcgan.OpenLatents();
        var images = LatentImages.Decode(generator, LatentImages.Draw(generator, null, 8, 3));
        var options = new InversionOptions { Iterations = 60, Restarts = 1, CorrectionIterations = 0 };
        var together = new GeneratorInversion(generator, options).Invert(images, 1);
        var alone = new GeneratorInversion(generator, options with { BatchSize = 1 }).Invert(images, 1);
        for (var i = 0; i < 8; i++) Assert.Equal(alone.Errors[i], together.Errors[i], 1e-4);
    }
}
