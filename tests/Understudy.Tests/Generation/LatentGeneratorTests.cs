using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Gan;
using Understudy.Generation.Style;
using Understudy.Sampling;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.Generation;

public sealed class LatentGeneratorTests
{
    [Theory]
    [InlineData("dcgan")]
    [InlineData("cgan")]
    [InlineData("infogan")]
    [InlineData("stylegan")]
    public void An_image_is_that_of_its_latent_vector_alone_and_in_the_signed_range(string method)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(24, 1, 28, 28, classes: 2);
        using var synthesizer = Fitted(method, members, folder);
        using var generator = synthesizer.OpenLatents();
        using var scope = new TensorScope();
        var labels = generator.ClassNames.Count == 0 ? null : Tensor.From([0L, 1L, 1L, 0L]);
        var z = generator.Draw(4, labels);
        var all = generator.Forward(z, labels);
        // Batch statistics would make an image depend on its neighbours.
        var alone = generator.Forward(z.Narrow(0, 2, 1), labels?.Narrow(0, 2, 1));
        Assert.Equal(0, (all.Narrow(0, 2, 1) - alone).Abs().Max().Item<float>(), 1e-5f);
        Assert.InRange(all.Min().Item<float>(), -1, 0); // [0, 1] would not go below 0
        Assert.InRange(all.Max().Item<float>(), -1, 1);
        Assert.Equal(generator.LatentSize, z.Size(1));
    }

    [Fact]
    public void Gradients_reach_the_latent_vectors_and_no_weight()
    {
        using var folder = new TempFolder();
        using var synthesizer = Fitted("dcgan", Images.Noise(24, 1, 28, 28), folder);
        using (var generator = synthesizer.OpenLatents())
        {
            using var scope = new TensorScope();
            var z = generator.Draw(3, null);
            z.RequiresGrad = true;
            generator.Forward(z, null).Square().Sum().Backward();
            Assert.True(z.Grad!.Abs().Sum().Item<float>() > 0);
            Assert.Throws<ArgumentException>(() => generator.Forward(z, Tensor.From([0L, 0L, 0L])));
        }
        // What a sample is, it is again after the latents were open.
        Assert.Equal(synthesizer.Sample(3, 1).Pixels, synthesizer.Sample(3, 1).Pixels);
    }

    [Fact]
    public void Decoding_draws_of_the_averaged_generator_gives_its_samples_kind()
    {
        using var folder = new TempFolder();
        using var synthesizer = Fitted("cgan", Images.Noise(24, 1, 28, 28, classes: 2), folder);
        using var generator = synthesizer.OpenLatents();
        int[] labels = [0, 1, 1];
        var decoded = LatentImages.Decode(generator, LatentImages.Draw(generator, labels, 3, 4), labels);
        Assert.Equal(labels, decoded.Labels!);
        Assert.Equal(LatentImages.Draw(generator, labels, 2, 4).Values, LatentImages.Draw(generator, labels, 3, 4).Values[..(2 * generator.LatentSize)]);
        Assert.Contains("no labels", Images.InputError(() => LatentImages.Decode(generator, LatentImages.Draw(generator, labels, 3, 4))), StringComparison.Ordinal);
    }

    [Fact]
    public void Latent_vectors_of_a_style_based_generator_are_those_of_W_brought_to_one_scale()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(24, 1, 28, 28, classes: 2);
        using var synthesizer = Fitted("stylegan", members, folder);
        var sample = synthesizer.Sample(4, 1, [0, 1, 0, 1]);
        using (var generator = synthesizer.OpenLatents())
        {
            using var scope = new TensorScope();
            Assert.Equal(64, generator.LatentSize);
            var labels = Tensor.From([.. Enumerable.Range(0, 4000).Select(i => (long)(i % 2))]);
            var w = generator.Draw(4000, labels);
            Assert.True(w.Mean([0]).Abs().Max().Item<float>() < 0.15);
            Assert.InRange(w.Std([0]).Mean().Item<float>(), 0.9, 1.1);
            // The class is in w: it is not told to the synthesis network again.
            var zeros = Tensor.Zeros([2], DType.Int64);
            Assert.Equal(0, (generator.Forward(w.Narrow(0, 0, 2), zeros) - generator.Forward(w.Narrow(0, 0, 2), zeros + 1)).Abs().Max().Item<float>());
        }
        Assert.Equal(sample.Pixels, synthesizer.Sample(4, 1, [0, 1, 0, 1]).Pixels);
    }

    private static GeneratorSynthesizer Fitted(string method, ImageSet members, TempFolder folder)
    {
        GanOptions options = method switch
        {
            "infogan" => new InfoGanOptions { Steps = 2, BatchSize = 8, Categorical = [3], Continuous = 1 },
            "stylegan" => new StyleGanOptions { Steps = 2, BatchSize = 8, Width = 8, LatentSize = 6 },
            "cgan" => new ConditionalGanOptions { Steps = 2, BatchSize = 8, Width = 8, LatentSize = 6 },
            _ => new PlainGanOptions { Steps = 2, BatchSize = 8, Width = 8, LatentSize = 6 },
        };
        var synthesizer = (GeneratorSynthesizer)Synthesizers.Get(method).Create(options, members.Shape, members.ClassNames);
        synthesizer.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        return synthesizer;
    }
}
