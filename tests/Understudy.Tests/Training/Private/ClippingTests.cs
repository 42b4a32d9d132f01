using Understudy.Torch;
using Understudy.Training.Private;

namespace Understudy.Tests.Training.Private;

public sealed class ClippingTests
{
    private const double Margin = 1 - (1.0 / (1 << 16));

    // Two parameters, three records: norms (3, 4), (0.3, 0.4) and (0, 0).
    private static double[] Factors(Clipping clipping)
    {
        using var scope = new TensorScope();
        return clipping.Factors(Tensor.From([9.0, 0.09, 0, 16, 0.16, 0], 2, 3)).ToArray<double>();
    }

    [Fact]
    public void Flat_takes_the_norm_over_all_parameters() => Same([2 * Margin / 5, 1, 1], Factors(new FlatClipping(2)));

    [Fact]
    public void Per_layer_parts_have_the_bound_together()
    {
        var part = 2 / Math.Sqrt(2) * Margin;
        Same([part / 3, 1, 1, part / 4, 1, 1], Factors(new PerLayerClipping(2)));
    }

    [Fact]
    public void Automatic_brings_all_to_the_bound() => Same([2 * Margin / 5.01, 2 * Margin / 0.51, 2 * Margin / 0.01], Factors(new AutomaticClipping(2)));

    [Fact]
    public void Adaptive_follows_the_quantile()
    {
        var clipping = new AdaptiveClipping(2, quantile: 0.5, learningRate: 0.2);
        Same(Factors(new FlatClipping(2)), Factors(clipping));
        // All of 10 within the bound: b = 1.
        Assert.Equal(2 * Math.Exp(-0.1), clipping.Moved(5, 10).Bound, 1e-12);
        Assert.Equal(2, clipping.Moved(0, 10).Bound, 1e-12);
        Assert.Equal(2 * Math.Exp(0.1), clipping.Moved(-5, 10).Bound, 1e-12);
        // Noise beyond all records moves no further.
        Assert.Equal(2 * Math.Exp(-0.1), clipping.Moved(1e9, 10).Bound, 1e-12);
        Assert.Equal(0.5, clipping.Moved(3, 10).Quantile);
    }

    // From norms exp(N(0, 1)) the bound comes to their median, 1. Without noise: the tests' own, for determinism.
    [Fact]
    public void Adaptive_bound_finds_the_median()
    {
        using var scope = new TensorScope();
        TorchRuntime.ManualSeed(3);
        var clipping = new AdaptiveClipping(50);
        for (var step = 0; step < 100; step++)
            clipping = clipping.Moved((Tensor.RandN([1000]).Exp().Le(clipping.Bound).To(DType.Float64) - 0.5).Sum().Item<double>(), 1000);
        Assert.InRange(clipping.Bound, 0.85, 1.15); // the median of 1000 has a relative standard error of 4 %
    }

    [Fact]
    public void Senseless_settings_are_refused()
    {
        foreach (var bound in new[] { 0, -1, double.NaN })
        {
            Assert.ThrowsAny<ArgumentException>(() => new FlatClipping(bound));
            Assert.ThrowsAny<ArgumentException>(() => new PerLayerClipping(bound));
            Assert.ThrowsAny<ArgumentException>(() => new AutomaticClipping(bound));
            Assert.ThrowsAny<ArgumentException>(() => new AdaptiveClipping(bound));
        }
        Assert.ThrowsAny<ArgumentException>(() => new AutomaticClipping(double.PositiveInfinity));
        Assert.ThrowsAny<ArgumentException>(() => new AutomaticClipping(1, 0));
        Assert.ThrowsAny<ArgumentException>(() => new AdaptiveClipping(double.PositiveInfinity));
        Assert.ThrowsAny<ArgumentException>(() => new AdaptiveClipping(1, quantile: 1));
        Assert.ThrowsAny<ArgumentException>(() => new AdaptiveClipping(1, learningRate: 0));
        Assert.ThrowsAny<ArgumentException>(() => new AdaptiveClipping(1).Moved(0, 0));
    }

    [Fact]
    public void Clipping_changes_between_batches_only()
    {
        using var scope = new TensorScope();
        using var network = Networks.Perceptron();
        using var gradient = new ClippedGradient(network, new AdaptiveClipping(1));
        gradient.Clipping = new AdaptiveClipping(2);
        gradient.Accumulate(() => network.Forward(Tensor.RandN([3, 6])).Squeeze(1));
        Assert.Throws<InvalidOperationException>(() => gradient.Clipping = new AdaptiveClipping(3));
        gradient.Reset();
        gradient.Clipping = new AdaptiveClipping(3);
        Assert.Equal(3, gradient.Clipping.Bound);
    }

    // Norms 5, 0.5 and not a number: 1 of 3 within a bound of 2.
    [Fact]
    public void Centred_count_counts_what_is_within_the_bound()
    {
        using var scope = new TensorScope();
        using var layer = new Torch.Modules.Linear(1, 1, bias: false);
        using var gradient = new ClippedGradient(layer, new AdaptiveClipping(2));
        gradient.Accumulate(() => layer.Forward(Tensor.From([5f, 0.5f, float.NaN], 3, 1)).Squeeze(1));
        Assert.Equal(0.5 - 0.5 - 0.5, gradient.CentredCount);
    }

    private static void Same(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-12 * Math.Max(1, expected[i]));
    }
}
