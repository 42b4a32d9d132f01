namespace Understudy.Metrics;

/// <summary>How well a classifier does on a test set.</summary>
/// <param name="Accuracy">Share of records whose most probable class is the right one, with a Clopper–Pearson interval.</param>
/// <param name="BalancedAccuracy">Mean over the classes of the share of their records that are recognised.</param>
/// <param name="MacroAuc">Mean over the classes of the area under the ROC curve of that class against the rest.</param>
/// <param name="Confusion">[K][K] numbers of records: row the true class, column the predicted one.</param>
public sealed record ClassificationReport(Metric Accuracy, Metric BalancedAccuracy, Metric MacroAuc, IReadOnlyList<int[]> Confusion)
{
    /// <summary>The figures in the order in which they are shown.</summary>
    public IReadOnlyList<Metric> Metrics => [Accuracy, BalancedAccuracy, MacroAuc];
}
