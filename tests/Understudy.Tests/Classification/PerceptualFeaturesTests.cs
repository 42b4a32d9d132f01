using Understudy.Classification;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;
using Understudy.Training;

namespace Understudy.Tests.Classification;

public sealed class PerceptualFeaturesTests
{
    [Fact]
    public void A_copy_is_at_distance_zero_and_a_changed_image_farther_the_more_it_is_changed()
    {
        using var folder = new TempFolder();
        var images = Images.Noise(40, 1, 14, 14);
        using var features = PerceptualFeatures.Train("net", images, new FitContext(folder.Path, 1));
        var real = features.Extract(images.Subset([0, 1, 2]));
        Assert.Equal(0, PerceptualFeatures.MeanMinimum(features.Extract(images.Subset([1, 2])), real));
        var slightly = PerceptualFeatures.MeanMinimum(features.Extract(Changed(images.Subset([0]), 10)), real);
        var much = PerceptualFeatures.MeanMinimum(features.Extract(Changed(images.Subset([0]), 90)), real);
        Assert.InRange(slightly, 1e-6, much);
        Assert.InRange(much, slightly, 12); // three layers of unit vectors
        var (first, last) = (File.ReadLines(folder["losses.csv"]).ElementAt(1), File.ReadLines(folder["losses.csv"]).Last());
        Assert.True(float.Parse(last.Split(',')[1]) < float.Parse(first.Split(',')[1]));
    }

    private static ImageSet Changed(ImageSet images, int by)
    {
        var random = new Random(3);
        return new ImageSet(images.Shape, Array.ConvertAll(images.Pixels, p => (byte)Math.Clamp(p + random.Next(-by, by + 1), 0, 255)));
    }
}
