namespace Understudy.Studies.Grids;

/// <summary>Every figure of a grid.</summary>
/// <param name="Rows">The releases, the most useful first.</param>
/// <param name="Comparisons">What each mitigation changes.</param>
/// <param name="Classifiers">How each classifier does.</param>
/// <param name="Ranks">Whether synthetic data rank classifiers as real data do.</param>
/// <param name="Audits">What audits with canaries show.</param>
/// <param name="Failures">What could not be done.</param>
/// <param name="Total">Pieces of work in all.</param>
/// <param name="Done">Pieces that are done.</param>
public sealed record GridMetrics(
    IReadOnlyList<GridRow> Rows,
    IReadOnlyList<GridComparison> Comparisons,
    IReadOnlyList<ClassifierRow> Classifiers,
    IReadOnlyList<RankRow> Ranks,
    IReadOnlyList<AuditResult> Audits,
    IReadOnlyList<GridFailure> Failures,
    int Total,
    int Done);
