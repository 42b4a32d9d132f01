using Understudy.Classification.Probes;
using Understudy.Metrics;
using Understudy.Tests.Data;
using Understudy.Tests.Metrics;

namespace Understudy.Tests.Classification.Probes;

public sealed class LinearProbeTests
{
    private const int Count = 600;
    private const int Classes = 3;

    /// <summary>Three Gaussians three deviations from the origin along axes of their own: the best linear model is right in 0.97 of cases, and the share of 600 is off by 0.007 as a rule.</summary>
    [Fact]
    public void Classes_that_lie_apart_are_named()
    {
        var (labels, other) = (Labels(0), Labels(1));
        var accuracy = LinearProbe.Accuracy(Apart(1, labels), labels, Apart(2, other), other, seed: 1);
        Assert.InRange(accuracy.Value, 0.85, 1);
        Assert.InRange(accuracy.Value, accuracy.Interval!.Value.Lower, accuracy.Interval.Value.Upper);
        Assert.Equal(accuracy, LinearProbe.Accuracy(Apart(1, labels), labels, Apart(2, other), other, seed: 1));
    }

    /// <summary>Features that say nothing: the share of right names is a third but for 0.019, and beyond 0.43 with probability 1e-7.</summary>
    [Fact]
    public void Nothing_is_found_where_there_is_nothing() =>
        Assert.InRange(LinearProbe.Accuracy(Samples.NormalFeatures(1, Count, 8), Labels(0), Samples.NormalFeatures(2, Count, 8), Labels(1), seed: 1).Value, 0.24, 0.43);

    /// <summary>Units of a feature mean nothing.</summary>
    [Fact]
    public void Features_are_brought_to_one_scale()
    {
        var (labels, other) = (Labels(0), Labels(1));
        FeatureMatrix Scaled(FeatureMatrix matrix) => new([.. matrix.Values.Select((v, i) => 1000 + (v * (i % 8 == 0 ? 100 : 0.01f)))], matrix.Count, 8);
        var (plain, scaled) = (LinearProbe.Accuracy(Apart(1, labels), labels, Apart(2, other), other, 1), LinearProbe.Accuracy(Scaled(Apart(1, labels)), labels, Scaled(Apart(2, other)), other, 1));
        Assert.Equal(plain.Value, scaled.Value, 0.02);
    }

    [Fact]
    public void Features_and_labels_that_do_not_go_together_are_refused() => Assert.Contains(
        "600 and 600 records of 8 and 8 features do not go with 600 and 2 labels",
        Images.InputError(() => LinearProbe.Accuracy(Samples.NormalFeatures(1, Count, 8), Labels(0), Samples.NormalFeatures(2, Count, 8), [0, 1], 1)), StringComparison.Ordinal);

    private static int[] Labels(int first) => [.. Enumerable.Range(0, Count).Select(i => (i + first) % Classes)];

    private static FeatureMatrix Apart(int seed, int[] labels)
    {
        var noise = Samples.NormalFeatures(seed, Count, 8);
        return new FeatureMatrix([.. noise.Values.Select((v, i) => v + (i % 8 == labels[i / 8] ? 3 : 0))], Count, 8);
    }
}
