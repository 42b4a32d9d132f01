using Understudy.Metrics;

namespace Understudy.Tests.Metrics;

public sealed class RankCorrelationTests
{
    /// <summary>The example of scipy.stats.kendalltau's documentation.</summary>
    [Fact]
    public void Kendall_allows_for_ties() =>
        Assert.Equal(-0.47140452079103173, RankCorrelation.Kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]), 1e-15);

    /// <summary>The example of scipy.stats.spearmanr's documentation.</summary>
    [Fact]
    public void Spearman_averages_tied_ranks() =>
        Assert.Equal(0.8207826816681233, RankCorrelation.Spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), 1e-15);

    [Fact]
    public void Only_order_matters_and_ties_alone_say_nothing()
    {
        Assert.Equal((1, -1), (RankCorrelation.Kendall([1, 2, 3], [0.1, 5, 100]), RankCorrelation.Spearman([1, 2, 3], [9, 8, -1])));
        Assert.True(double.IsNaN(RankCorrelation.Kendall([1, 1, 1], [1, 2, 3])) && double.IsNaN(RankCorrelation.Spearman([1, 2, 3], [4, 4, 4])));
    }
}
