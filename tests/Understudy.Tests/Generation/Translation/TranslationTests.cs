using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Networks;
using Understudy.Generation.Translation;
using Understudy.Metrics;
using Understudy.Tests.Data;
using Understudy.Tests.Generation.Dual;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Torch.Modules;
using Understudy.Training;

namespace Understudy.Tests.Generation.Translation;

public sealed class TranslationTests
{
    [Fact]
    public void The_outline_of_a_square_is_where_it_begins_and_ends()
    {
        using var scope = new TensorScope();
        var x = Tensor.Full([1, 3, 8, 8], -1);
        x.Narrow(2, 2, 4).Narrow(3, 2, 4).Fill(1);
        var edges = ImageTasks.Apply(ImageTask.Edges, x, new(3, 8, 8));
        Assert.Equal([1, 1, 8, 8], edges.Shape);
        var pixels = edges.ToArray<float>();
        Assert.Equal(1, pixels[(2 * 8) + 2]);
        Assert.Equal(1, pixels[(1 * 8) + 3]); // outside the upper side
        Assert.Equal(-1, pixels[(3 * 8) + 3]); // two pixels inside
        Assert.Equal(-1, pixels[0]);
        Assert.Equal(32, pixels.Count(p => p > 0)); // the 6×6 square but its 2×2 middle
    }

    [Fact]
    public void The_negative_of_the_negative_is_the_image()
    {
        using var scope = new TensorScope();
        var shape = new ImageShape(1, 4, 4);
        var x = Tensor.RandN([2, 1, 4, 4]);
        Assert.Equal(x.ToArray<float>(), ImageTasks.Apply(ImageTask.Inverted, ImageTasks.Apply(ImageTask.Inverted, x, shape), shape).ToArray<float>());
    }

    [Fact]
    public void Of_a_pair_the_image_has_a_negative_and_an_outline_and_the_mask_has_neither()
    {
        using var scope = new TensorScope();
        var pairs = new ImageShape(2, 8, 8) { HasMask = true };
        var image = Tensor.Full([1, 1, 8, 8], -0.5); // grey all over: no outline
        var mask = Tensor.Full([1, 1, 8, 8], -1);
        mask.Narrow(2, 2, 4).Narrow(3, 2, 4).Fill(1);
        var pair = Tensor.Cat([image, mask], 1);
        var negative = ImageTasks.Apply(ImageTask.Inverted, pair, pairs);
        Assert.All(negative.Narrow(1, 0, 1).ToArray<float>(), value => Assert.Equal(0.5f, value));
        Assert.Equal(mask.ToArray<float>(), negative.Narrow(1, 1, 1).ToArray<float>());
        Assert.All(ImageTasks.Apply(ImageTask.Edges, pair, pairs).ToArray<float>(), value => Assert.Equal(-1, value));
        Assert.Equal(mask.ToArray<float>(), ImageTasks.Apply(ImageTask.Mask, pair, pairs).ToArray<float>());
    }

    [Fact]
    public void Four_quarter_turns_end_where_they_began_and_one_takes_the_left_to_the_top()
    {
        using var scope = new TensorScope();
        var x = Tensor.From([1f, 2f, 3f, 4f], 1, 1, 2, 2);
        Assert.Equal([3f, 1f, 4f, 2f], RotationFeatures.Turn(x, 1).ToArray<float>());
        Assert.Equal([4f, 3f, 2f, 1f], RotationFeatures.Turn(x, 2).ToArray<float>());
        Assert.Equal([2f, 4f, 1f, 3f], RotationFeatures.Turn(x, 3).ToArray<float>());
    }

    [Fact]
    public void The_distance_of_a_discriminator_is_of_squares()
    {
        using var scope = new TensorScope();
        using var identity = new Reshape(1);
        // (2 - 1)² and (0 - 1)², halved; 3² and 1², halved.
        Assert.Equal(1 + 5, CycleGan.Distance(identity, Tensor.From([2f, 0f], 2, 1), Tensor.From([3f, -1f], 2, 1)).Item<float>(), 1e-6f);
    }

    /// <summary>False alarms: of 400 images shown from a full pool, 200 ± 10 are exchanged; outside 140 to 260, six standard deviations, once in 10⁸ runs.</summary>
    [Fact]
    public void A_pool_shows_every_image_at_first_and_then_half_the_time_an_earlier_one()
    {
        using var scope = new TensorScope();
        using var pool = new ImagePool(5, [1], Device.Cpu);
        TorchRuntime.ManualSeed(1);
        var first = Tensor.From([0f, 1f, 2f, 3f, 4f], 5, 1);
        Assert.Equal(first.ToArray<float>(), pool.Exchange(first).ToArray<float>());
        var seen = new HashSet<float> { 0, 1, 2, 3, 4 };
        var exchanged = 0;
        for (var i = 5; i < 405; i++)
        {
            var shown = pool.Exchange(Tensor.From([(float)i], 1, 1)).Item<float>();
            Assert.True(shown == i || seen.Contains(shown));
            if (shown != i) exchanged++;
            seen.Add(i);
        }
        Assert.InRange(exchanged, 140, 260);
    }

    /// <summary>A translation that hides its source in faint noise comes back perfectly until the noise is compressed away; an honest one hardly changes.</summary>
    [Fact]
    public void A_hidden_source_shows_when_what_is_between_is_compressed()
    {
        var images = Images.Noise(20, 1, 16, 16, seed: 3);
        ImageSet Map(ImageSet set, Func<byte, byte> pixel) => new(set.Shape, Array.ConvertAll(set.Pixels, p => pixel(p)));
        var honest = CycleConsistency.Measure(set => Map(set, p => (byte)(255 - p)), set => Map(set, p => (byte)(255 - p)), images, quality: 90);
        var hiding = CycleConsistency.Measure(set => Map(set, p => (byte)(128 + (p / 32))), set => Map(set, p => (byte)((p - 128) * 32)), images, quality: 90);
        Assert.Equal(0, honest.Plain);
        Assert.True(honest.Ratio < hiding.Ratio || hiding.Compressed > 3 * honest.Compressed, $"{honest} against {hiding}");
        Assert.True(hiding.Compressed > 2 * hiding.Plain, $"{hiding}");
        Assert.True(hiding.Compressed > 2 * honest.Compressed, $"{honest} against {hiding}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_pairs_the_image_alone_is_compressed(int channels)
    {
        var pairs = Pairs.Ellipses(4, channels: channels);
        var cycle = CycleConsistency.Measure(set => set, set => set, pairs, quality: 95);
        Assert.Equal(0, cycle.Plain);
        Assert.InRange(cycle.Compressed, 0.01, 6);
    }

    [Theory]
    [InlineData("pix2pix")]
    [InlineData("cyclegan")]
    [InlineData("srgan")]
    public void Sources_are_made_and_translated_alike_before_and_after_loading(string method)
    {
        using var folder = new TempFolder();
        var members = Images.Noise(20, 1, 28, 28);
        var entry = Synthesizers.Get(method);
        Synthesizer Create() => entry.Create(SmallOptions.Of(entry, 3, 500), members.Shape, members.ClassNames);
        var fitted = Create();
        fitted.Fit(members.Private(folder), new FitContext(folder.Path, 1));
        fitted.Save(folder["model"]);
        var loaded = Create();
        loaded.Load(folder["model"]);
        var translator = (ITranslatesImages)fitted;
        var sources = translator.SourcesOf(members);
        Assert.Equal(translator.SourceShape, sources.Shape);
        Assert.Equal(method == "srgan" ? 7 : 28, sources.Shape.Height);
        var translated = translator.Translate(sources);
        Assert.Equal(members.Shape, translated.Shape);
        Assert.Equal(translated.Pixels, ((ITranslatesImages)loaded).Translate(sources).Pixels);
        if (fitted is CycleGan there) Assert.Equal(there.TranslateBack(members).Pixels, ((CycleGan)loaded).TranslateBack(members).Pixels);
    }

    [Fact]
    public void A_low_resolution_is_made_of_means()
    {
        var pixels = new byte[28 * 28];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i % 28 < 2 ? 200 : 0);
        var images = new ImageSet(new ImageShape(1, 28, 28), pixels);
        using var srgan = new Srgan(new SrganOptions(), images.Shape, []);
        var low = ((ITranslatesImages)srgan).SourcesOf(images);
        Assert.Equal(100, low.Pixels[0]); // two of four columns
        Assert.Equal(0, low.Pixels[1]);
    }

    [Fact]
    public void A_size_that_cannot_be_divided_is_refused()
    {
        Assert.Contains("multiples of 8", Images.InputError(() => _ = new Srgan(new SrganOptions { Doublings = 3 }, new ImageShape(1, 28, 28), [])), StringComparison.Ordinal);
    }

    // Slices are no colours: without this a volume would be enlarged and outlined as an image of 28 channels, or one of 1 channel that is called a volume.
    [Theory]
    [InlineData("pix2pix")]
    [InlineData("cyclegan")]
    [InlineData("srgan")]
    [InlineData("cogan")]
    public void Volumes_are_refused_in_one_line(string method)
    {
        using var folder = new TempFolder();
        var volumes = Volumes.Balls(8);
        var entry = Synthesizers.Get(method);
        var error = Images.InputError(() =>
        {
            var synthesizer = entry.Create(SmallOptions.Of(entry, 1, 500), volumes.Shape, volumes.ClassNames);
            using var freed = synthesizer as IDisposable;
            synthesizer.Fit(volumes.Private(folder), new FitContext(folder.Path, 1));
        });
        Assert.StartsWith("volumes of 28x28x28 are not translated, images are", error, StringComparison.Ordinal);
    }

    /// <summary>What is kept of the steps that lower the squared error alone is what a training ends with that has no other steps.</summary>
    [Fact]
    public void Super_resolution_keeps_the_translator_as_the_game_found_it()
    {
        using var folder = new TempFolder();
        var members = Images.Noise(24, 1, 28, 28);
        using var whole = Fitted(steps: 5, "whole");
        using var warmUp = Fitted(steps: 3, "warm-up");
        var sources = whole.SourcesOf(members);
        Assert.Null(warmUp.TranslateBeforeGame(sources));
        var before = whole.TranslateBeforeGame(sources)!;
        Images.AssertEqual(warmUp.Translate(sources), before);
        Assert.NotEqual(whole.Translate(sources).Pixels, before.Pixels);

        whole.Save(folder["model"]);
        Assert.Equal(["generator.pt", "generator.ts"], Directory.EnumerateFiles(folder["model"]).Select(Path.GetFileName).Order()); // what is released
        using var loaded = new Srgan(Options(5), members.Shape, []);
        loaded.Load(folder["model"]);
        Images.AssertEqual(before, loaded.TranslateBeforeGame(sources)!);

        Srgan Fitted(int steps, string name)
        {
            var srgan = new Srgan(Options(steps), members.Shape, []);
            srgan.Fit(members.Private(folder), new FitContext(Directory.CreateDirectory(folder[name]).FullName, 1));
            return srgan;
        }

        static SrganOptions Options(int steps) => new() { Steps = steps, WarmUpSteps = 3, Width = 4, Blocks = 1, FeatureSteps = 2, BatchSize = 8, LatentSize = 4 };
    }

    [Fact]
    public void A_pyramid_is_put_together_again_without_loss()
    {
        using var scope = new TensorScope();
        Assert.Equal([7, 14, 28], Pyramid.Shapes(new ImageShape(1, 28, 28)).Select(shape => shape.Height));
        Assert.Equal([8, 16, 32], Pyramid.Shapes(new ImageShape(1, 32, 32)).Select(shape => shape.Height));
        var x = Tensor.RandN([2, 1, 28, 28]);
        var details = x - Pyramid.Up(Pyramid.Down(x));
        Assert.Equal(0, ((Pyramid.Up(Pyramid.Down(x)) + details) - x).Abs().Max().Item<float>(), 1e-6f);
        Assert.Equal(4, Pyramid.Down(Tensor.From([1f, 3f, 5f, 7f], 1, 1, 2, 2)).Item<float>());
    }
}
