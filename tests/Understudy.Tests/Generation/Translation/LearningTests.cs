using Understudy.Data;
using Understudy.Generation.Translation;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Training;

namespace Understudy.Tests.Generation.Translation;

/// <summary>Short trainings on bright boxes and dim discs, which a translator can tell apart by their outlines.</summary>
public sealed class LearningTests
{
    [Fact]
    public void Outlines_are_filled_better_than_by_the_mean_image()
    {
        var (train, test) = (Shapes(256, seed: 1), Shapes(64, seed: 2));
        using var folder = new TempFolder();
        using var pix2pix = new Pix2Pix(new Pix2PixOptions { Steps = 150, Width = 8, EmaDecay = 0.9, LearningRateG = 2e-3 }, train.Shape, []);
        pix2pix.Fit(train.Private(folder), new FitContext(folder.Path, 1));
        var error = Error(test, pix2pix.Translate(pix2pix.SourcesOf(test)));
        Assert.True(error < 0.5 * Error(test, Mean(train, test.Count)), $"{error}");
    }

    [Fact]
    public void A_low_resolution_is_enlarged_better_than_by_interpolation()
    {
        var (train, test) = (Shapes(256, seed: 1), Shapes(64, seed: 2));
        using var folder = new TempFolder();
        using var srgan = new Srgan(
            new SrganOptions { Steps = 220, WarmUpSteps = 200, Width = 12, Blocks = 1, FeatureSteps = 20, EmaDecay = 0.9, LearningRateG = 3e-3 }, train.Shape, []);
        srgan.Fit(train.Private(folder), new FitContext(folder.Path, 1));
        var sources = srgan.SourcesOf(test);
        var error = Error(test, srgan.Translate(sources));
        Assert.True(error < Error(test, sources.Resize(28, 28)), $"{error}");
        Assert.True(error < Error(test, BicubicEnlargement.Of(sources, 28, 28)), $"{error}");
    }

    /// <summary>Boxes and discs of random size and place on black.</summary>
    private static ImageSet Shapes(int count, int seed)
    {
        const int side = 28;
        var random = new Random(seed);
        var pixels = new byte[count * side * side];
        for (var i = 0; i < count; i++)
        {
            var (x, y, r) = (random.Next(9, 19), random.Next(9, 19), random.Next(4, 8));
            for (var p = 0; p < side * side; p++)
            {
                var (dx, dy) = ((p % side) - x, (p / side) - y);
                if (i % 2 == 0 ? Math.Max(Math.Abs(dx), Math.Abs(dy)) <= r : (dx * dx) + (dy * dy) <= r * r) pixels[(i * side * side) + p] = (byte)(i % 2 == 0 ? 230 : 140);
            }
        }
        return new ImageSet(new ImageShape(1, side, side), pixels);
    }

    private static ImageSet Mean(ImageSet set, int count)
    {
        var mean = Enumerable.Range(0, set.Shape.Length).Select(p => (byte)Enumerable.Range(0, set.Count).Average(i => (double)set.Image(i)[p])).ToArray();
        return new ImageSet(set.Shape, [.. Enumerable.Repeat(mean, count).SelectMany(image => image)]);
    }

    private static double Error(ImageSet expected, ImageSet actual) => expected.Pixels.Zip(actual.Pixels, (a, b) => (double)Math.Abs(a - b)).Average();
}
