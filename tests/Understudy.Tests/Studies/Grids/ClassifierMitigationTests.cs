namespace Understudy.Tests.Studies.Grids;

public sealed class ClassifierMitigationTests
{
    [Fact]
    public void A_classifier_is_compared_with_the_same_one_without_its_mitigations()
    {
        using var grid = new NoiseGrid(images: 200, size: 16);
        var metrics = grid.Run("""
            name: mitigated
            data: { path: data.npz }
            splits: { members: 40, nonMembers: 20, reference: 20, test: 40 }
            methods: [ { name: dp-merf, epsilon: 2, steps: 2, features: 50 } ]
            classification: { network: mlp, steps: 2, batchSize: 8 }
            grid:
              classifiers:
                - { id: longer, network: mlp, steps: 3, batchSize: 8 }
                - { id: plain, network: mlp, steps: 2, batchSize: 8 }
                - { id: smoothed, network: mlp, steps: 2, batchSize: 8, labelSmoothing: 0.2, weightDecay: 0.1 }
              releases: [ classifier ]
            """);
        Assert.Equal(
            "dp-merf (ε = 2), plain, classifier, smoothed | dp-merf (ε = 2), plain, classifier, plain\nreal, classifier, smoothed | real, classifier, plain",
            string.Join('\n', metrics.Comparisons.Select(one => $"{one.With} | {one.Without}").Order(StringComparer.Ordinal)));
        Assert.All(metrics.Comparisons, one => Assert.Equal("label smoothing 0.2 and weight decay 0.1", one.Mitigation));
        Assert.All(metrics.Comparisons, one => Assert.NotNull(one.Auc));
    }
}
