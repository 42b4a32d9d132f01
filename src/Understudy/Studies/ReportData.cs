namespace Understudy.Studies;

/// <summary>Everything that a report shows.</summary>
/// <param name="Metrics">The figures.</param>
/// <param name="Verdict">The findings in plain sentences.</param>
/// <param name="Images">Pictures, in the order shown.</param>
/// <param name="Losses">Losses over the steps, by method.</param>
/// <param name="Rocs">[method][attack] points of the ROC curve, (FPR, TPR).</param>
/// <param name="Timings">Seconds, by method or baseline and stage.</param>
/// <param name="Environment">What the run ran on.</param>
/// <param name="StudyYaml">The resolved study.</param>
/// <param name="Written">When the report was written.</param>
public sealed record ReportData(
    StudyMetrics Metrics,
    IReadOnlyList<Finding> Verdict,
    IReadOnlyList<ReportImage> Images,
    IReadOnlyDictionary<string, LossCurves> Losses,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double[][]>> Rocs,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Timings,
    RunEnvironment Environment,
    string StudyYaml,
    DateTimeOffset Written);
