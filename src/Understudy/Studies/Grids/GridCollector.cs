using Understudy.Attacks;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Studies.Stages;

namespace Understudy.Studies.Grids;

/// <summary>Gathers the figures of a grid from the files of its pieces; what has not been done yet is left out.</summary>
/// <param name="run">The run.</param>
/// <param name="study">Its study.</param>
internal sealed class GridCollector(RunDirectory run, Study study)
{
    private const string TprName = "TPR at FPR 1%";

    private readonly GridPlan _plan = GridPlan.Of(study);

    public GridMetrics Collect()
    {
        var utility = new GridUtility(run, _plan);
        var guarantees = Read<Dictionary<string, ReleaseGuarantee>>(run.GuaranteesFile) ?? [];
        var groups = _plan.Releases.GroupBy(release => release.Row).ToArray();
        var rows = groups.Select(group => Row(group.Key, [.. group], utility, guarantees)).Where(row => !double.IsNaN(row.Utility.Value) || row.Auc is not null).ToArray();
        rows = [.. rows.Select(row => row with { IsOnFront = IsOnFront(row, rows) }).OrderByDescending(row => row.Utility.Value)];
        var audited = _plan.Audited.Select(generator => generator.Id)
            .Concat(_plan.AuditedBaselines.SelectMany(baseline => study.Grid!.Audit?.Baselines.Select(kind => GridItems.AuditOf(baseline, kind)) ?? []));
        AuditResult[] audits = [.. audited.Select(id => Read<AuditResult>(run.Audit(id, AuditStage.ResultName))).OfType<AuditResult>()];
        rows = [.. rows.Select(row => row with { IsAuditRefuted = audits.Any(audit => audit.IsRefuted && audit.Method == row.Key.Method && audit.Budget == row.Key.Budget) })];
        var easiest = rows.Where(row => row.Auc is not null && row.Cells.All(cell => cell.Chosen is null)).GroupBy(row => row.Key.MethodAndBudget).Select(group => group.MaxBy(row => row.Auc!.Value)!.Key).ToHashSet();
        rows = [.. rows.Select(row => easiest.Contains(row.Key) ? row with { Roc = Roc(row) } : row)];
        var items = GridItems.Of(study, _plan, run);
        var comparisons = new GridComparisons(_plan, utility, rows);
        return new GridMetrics(
            rows,
            comparisons.Mitigations(),
            comparisons.ByClassifier(),
            comparisons.Ranks(study.Seed),
            audits,
            run.Failures(),
            items.Count,
            items.Count(item => File.Exists(item.Result)));
    }

    private GridRow Row(GridRowKey key, GridRelease[] releases, GridUtility utility, Dictionary<string, ReleaseGuarantee> guarantees)
    {
        var figures = releases.Select(release => (Release: release, Right: utility.Of(release))).ToArray();
        var cells = figures.Select(one => new GridCell(
            one.Release.Id,
            one.Release.Seed,
            utility.Metric(GridUtility.Name, one.Right is null ? [] : [one.Right]),
            utility.Chosen(one.Release)?.Base,
            Attacks(one.Release, utility),
            guarantees.GetValueOrDefault(one.Release.Id),
            Attacked(one.Release, utility) is { } attacked ? Read<AttributeInferenceResult>(Path.Combine(run.Attacks(attacked), ReleaseAttacks.InferenceName)) : null)).ToArray();
        var names = cells.SelectMany(cell => cell.Attacks.Select(attack => attack.Name)).Distinct();
        var aucs = names.Select(name => (Name: name, Auc: Over("AUC", Figures(cells, name, "AUC")))).Where(attack => double.IsFinite(attack.Auc.Value)).ToArray();
        var strongest = aucs.OrderByDescending(attack => attack.Auc.Value).FirstOrDefault();
        var shown = cells.SelectMany(cell => cell.Attacks).SelectMany(attack => attack.Metrics).Where(metric => metric.Name == "epsilon lower bound" && double.IsFinite(metric.Value)).Select(metric => (double?)metric.Value).Max();
        return new GridRow(
            key,
            utility.Metric(GridUtility.Name, [.. figures.Select(one => one.Right).OfType<double[]>()]),
            strongest.Name,
            strongest.Name is null ? null : strongest.Auc,
            strongest.Name is null ? null : Over(TprName, Figures(cells, strongest.Name, TprName)),
            shown,
            Fid(releases),
            cells.Select(cell => cell.Guarantee).OfType<ReleaseGuarantee>().OrderBy(guarantee => guarantee.Epsilon is null ? 0 : 1).ThenByDescending(guarantee => guarantee.Epsilon).FirstOrDefault(),
            IsLeakingCounts(releases, cells),
            releases.Select(release => Read<MemberCopies>(Path.Combine(run.Attacks(release.Id), ReleaseAttacks.CopiesName))).MaxBy(copies => copies?.Count + copies?.Exact),
            IsOnFront: false,
            cells);
    }

    private double[][]? Roc(GridRow row) => row.Cells.Select(cell => run.Attack(cell.Id, row.Attack!)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, AttackFiles.ResultName))) is { } folder
        ? [.. AttackFiles.Read(folder).Roc.Select(point => new[] { point.FalsePositiveRate, point.TruePositiveRate })]
        : null;

    private AttackSummary[] Attacks(GridRelease release, GridUtility utility)
    {
        if (Attacked(release, utility) is not { } attacked) return [];
        var names = Read<string[]>(Path.Combine(run.Attacks(attacked), ReleaseAttacks.DoneName)) ?? [];
        return [.. names.Select(name => AttackSummary.Of(name, AttackFiles.Read(run.Attack(attacked, name))))];
    }

    /// <summary>A chosen classifier was attacked as what it is.</summary>
    private static string? Attacked(GridRelease release, GridUtility utility) => release.Selection is null ? release.Id : utility.Chosen(release)?.Id;

    private static Metric[] Figures(GridCell[] cells, string attack, string figure) =>
        [.. cells.SelectMany(cell => cell.Attacks.Where(one => one.Name == attack)).SelectMany(one => one.Metrics).Where(metric => metric.Name == figure && double.IsFinite(metric.Value))];

    /// <summary>The mean over seeds. They attack the same records, so that their intervals do not shrink together; what seeds scatter widens them.</summary>
    private static Metric Over(string name, Metric[] seeds)
    {
        if (seeds.Length == 0) return new Metric(name, double.NaN, Note: "not measurable");
        var mean = seeds.Average(metric => metric.Value);
        if (seeds.Length == 1 || seeds.Any(metric => metric.Interval is null)) return new Metric(name, mean, seeds.Length == 1 ? seeds[0].Interval : null);
        var scatter = seeds.Sum(metric => Math.Pow(metric.Value - mean, 2)) / (seeds.Length - 1) / seeds.Length;
        var level = seeds[0].Interval!.Value.Level;
        var z = Distributions.TwoSidedQuantile(level);
        var own = seeds.Average(metric => (metric.Interval!.Value.Upper - metric.Interval.Value.Lower) / 2 / z);
        return new Metric(name, mean, Interval.Normal(mean, Math.Sqrt((own * own) + scatter), level));
    }

    private Metric? Fid(GridRelease[] releases)
    {
        var values = releases.Where(release => release.Kind == ReleaseKind.Dataset && release.DataSet is not null)
            .Select(release => Read<Metric[]>(run.Fidelity(release.DataSet!.Id, FidelityStage.ResultName))?.FirstOrDefault(metric => metric.Name.StartsWith("FID", StringComparison.Ordinal)))
            .OfType<Metric>().Where(metric => double.IsFinite(metric.Value)).ToArray();
        return values.Length == 0 ? null : new Metric(values[0].Name, values.Average(metric => metric.Value));
    }

    /// <summary>Only what claims a guarantee can break it; without one the counts are on the list of unaccounted reads.</summary>
    private bool IsLeakingCounts(GridRelease[] releases, GridCell[] cells) =>
        releases[0] is { DataSet.Sampler: not null, Kind: ReleaseKind.Dataset }
        && cells.All(cell => cell.Guarantee?.Epsilon is not null)
        && releases.All(release => Read<CountLeak>(run.Sampling(release.DataSet!.Id, DataSetStage.CountsName)) is { IsExact: true });

    private static bool IsOnFront(GridRow row, GridRow[] rows) =>
        row.Auc is not null && double.IsFinite(row.Utility.Value)
        && !rows.Any(other => other.Auc is not null && other.Utility.Value >= row.Utility.Value && other.Auc.Value <= row.Auc.Value
            && (other.Utility.Value > row.Utility.Value || other.Auc.Value < row.Auc.Value));

    private static T? Read<T>(string path) where T : class => File.Exists(path) ? JsonText.Read<T>(path) : null;
}
