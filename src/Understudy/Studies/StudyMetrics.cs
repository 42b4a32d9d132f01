using Understudy.Studies.Grids;

namespace Understudy.Studies;

/// <summary>Every figure of a run, as written to <c>metrics.json</c>. It depends on the study and the data alone, not on timing.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Data">What the data are.</param>
/// <param name="Baselines">Classifiers trained on private data: <c>real</c>, without protection, and those of the study by id, such as <c>dp-sgd</c>.</param>
/// <param name="Methods">The methods, by id, in the order of the study.</param>
/// <param name="Unaccounted">Reads of private data that no guarantee covers.</param>
/// <param name="Sections">What the stages found that the study asks for by sections of their own.</param>
public sealed record StudyMetrics(
    string Study,
    ulong Seed,
    DataSummary Data,
    IReadOnlyDictionary<string, BaselineMetrics> Baselines,
    IReadOnlyDictionary<string, MethodMetrics> Methods,
    IReadOnlyList<UnaccountedRead> Unaccounted,
    IReadOnlyList<ReportSection> Sections)
{
    /// <summary>The figures of a grid; null in a run without one.</summary>
    public GridMetrics? Grid { get; init; }
}
