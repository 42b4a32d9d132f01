using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

public sealed class ParzenWindowTests
{
    private static readonly ImageShape Shape = new(1, 1, 2);

    // ln ½ (N(x; (0, 0), σ² I) + N(x; (1, 0), σ² I)) at x = (1, 0), σ = 0.5: ln ½ (e⁻² + 1) − ln(2π · 0.25).
    [Fact]
    public void The_density_has_its_value_by_hand()
    {
        var samples = new ImageSet(Shape, [0, 0, 255, 0]);
        var expected = Math.Log((Math.Exp(-2) + 1) / 2) - Math.Log(2 * Math.PI * 0.25);
        Assert.Equal(expected, ParzenWindow.Measure(samples, new ImageSet(Shape, [255, 0]), 0.5).Value, 1e-12);
    }

    [Fact]
    public void An_image_far_from_every_sample_is_unlikely_and_not_impossible()
    {
        var shape = new ImageShape(1, 28, 28);
        var white = new byte[784];
        Array.Fill(white, (byte)255);
        var value = ParzenWindow.Measure(new ImageSet(shape, new byte[784]), new ImageSet(shape, white), 0.1).Value;
        Assert.Equal((-784 / 0.02) - (392 * Math.Log(2 * Math.PI * 0.01)), value, 1e-6);
    }

    // Around one sample the likeliest σ² is the mean squared distance a pixel, here (25.5/255)² · … = 0.1 for one deviation and 1 for the other.
    [Theory]
    [InlineData(26, 0.1)]
    [InlineData(255, 1)]
    public void The_window_is_chosen_by_how_far_held_out_images_lie(byte distance, double sigma)
    {
        var held = new ImageSet(Shape, [distance, distance]);
        Assert.Equal(sigma, ParzenWindow.ChooseSigma(new ImageSet(Shape, [0, 0]), held), 1e-12);
    }

    [Fact]
    public void Every_figure_says_what_it_is_worth()
    {
        var set = Images.Noise(3);
        Assert.Contains(ParzenWindow.Caveat, ParzenWindow.Measure(set, set, 0.2).Note!, StringComparison.Ordinal);
        Assert.Contains("at least one", Images.InputError(() => ParzenWindow.Measure(set.Subset([]), set, 0.2)), StringComparison.Ordinal);
    }
}
