using Understudy.Data;
using Understudy.Metrics;

namespace Understudy.Studies.Grids;

/// <summary>The same releases, or methods, in several runs, side by side.</summary>
/// <param name="Runs">The runs' folders.</param>
/// <param name="Rows">What any of them has measured.</param>
/// <param name="Caveat">Why a difference need not come from what the runs did; null where their data are the same, divided the same way.</param>
public sealed record RunComparison(IReadOnlyList<string> Runs, IReadOnlyList<RunComparisonRow> Rows, string? Caveat)
{
    /// <summary>Reads the figures of runs that have been reported.</summary>
    /// <param name="runs">Their folders; at least two.</param>
    /// <exception cref="InputException">There are fewer than two, or one is no run or has no figures.</exception>
    public static RunComparison Of(IReadOnlyList<string> runs)
    {
        if (runs.Count < 2) throw new InputException("a comparison takes two runs at least; name another after --compare");
        var figures = runs.Select(Figures).ToArray();
        var names = figures.SelectMany(run => run.Keys).Distinct();
        return new RunComparison(runs, [.. names.Select(name => new RunComparisonRow(
            name,
            [.. figures.Select(run => run.GetValueOrDefault(name).Utility)],
            [.. figures.Select(run => run.GetValueOrDefault(name).Auc)]))], Caution(runs));
    }

    /// <summary>The comparison as a table, with a CSV form.</summary>
    public ReportTable Table() => new("comparison", "Balanced accuracy, and AUC of the strongest attack, by run.",
        ["release", .. Runs.Select(run => $"balanced accuracy, {run}"), .. Runs.Select(run => $"AUC, {run}")],
        [.. Rows.Select(row => (IReadOnlyList<ReportCell>)[row.Name, .. row.Utility.Concat(row.Auc).Select(metric => metric is null || !double.IsFinite(metric.Value) ? "–" : new ReportCell(metric.Value, metric.Interval))])]);

    private static string? Caution(IReadOnlyList<string> runs)
    {
        var files = runs.Select(run => Path.Combine(run, RunDirectory.DataName)).ToArray();
        if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing) return $"whether the runs are of the same data is not known: {missing} is missing";
        var data = files.Select(DataRecord.Read).ToArray();
        return data.Select(one => one.Fingerprint).Distinct().Count() > 1 ? "the runs are of different data, so their figures differ for that reason too"
            : data.Select(one => one.Sha256).Distinct().Count() > 1 ? "the runs divide the same data differently, so their figures differ for that reason too"
            : null;
    }

    private static Dictionary<string, (Metric? Utility, Metric? Auc)> Figures(string run)
    {
        var path = Path.Combine(run, "metrics.json");
        if (!File.Exists(path)) throw new InputException($"{run} has no metrics.json; run: understudy report {run}");
        var metrics = JsonText.Read<StudyMetrics>(path);
        if (metrics.Grid is { } grid) return grid.Rows.ToDictionary(row => row.Key.Title, row => ((Metric?)row.Utility, row.Auc));
        return metrics.Baselines.ToDictionary(pair => pair.Value.Title, pair => (Find(pair.Value.Utility, GridUtility.Name), (Metric?)null))
            .Concat(metrics.Methods.ToDictionary(pair => pair.Key, pair => (
                Find(pair.Value.Utility, GridUtility.Name),
                pair.Value.Attacks.Select(attack => Find(attack.Metrics, "AUC")).Where(auc => auc is not null).MaxBy(auc => auc!.Value))))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    private static Metric? Find(IReadOnlyList<Metric> metrics, string name) => metrics.FirstOrDefault(metric => metric.Name == name && double.IsFinite(metric.Value));
}
