using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

public sealed class ClassDiversityTests
{
    [Fact]
    public void The_spread_of_a_class_is_the_mean_over_its_pairs()
    {
        // Class 0: (0, 0), (2, 0), (0, 4): squared distances 4, 16, 20, over three pairs and two pixels. Class 1: (1, 1) twice. Class 2: one image.
        var images = new ImageSet(new ImageShape(1, 1, 2), [0, 0, 2, 0, 0, 4, 1, 1, 1, 1, 9, 9], [0, 0, 0, 1, 1, 2], ["a", "b", "c"]);
        var spread = ClassDiversity.Of(images);
        Assert.Equal((4 + 16 + 20) / 3.0 / 2, spread[0], 1e-12);
        Assert.Equal(0, spread[1], 1e-12);
        Assert.True(double.IsNaN(spread[2]));
    }

    [Fact]
    public void One_class_that_has_collapsed_is_named()
    {
        var real = Images.Noise(60, 1, 8, 8, classes: 3);
        var collapsed = real.Pixels.ToArray();
        for (var i = 1; i < 60; i += 3) real.Image(1).CopyTo(collapsed.AsSpan(i * 64));
        var metric = ClassDiversity.Measure(real, new ImageSet(real.Shape, collapsed, real.Labels, real.ClassNames));
        Assert.Equal(0, metric.Value, 1e-9);
        Assert.Contains("'class 1'", metric.Note, StringComparison.Ordinal);
        Assert.Equal(1, ClassDiversity.Measure(real, real).Value, 1e-9);
    }
}
