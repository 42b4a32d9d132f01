using Spectre.Console;
using Understudy.Metrics;
using Understudy.Studies;
using Understudy.Studies.Grids;

namespace Understudy.Cli;

/// <summary>The figures of a run in a few columns: one row a method, and one a baseline on real data; 95 % intervals below the values.</summary>
internal static class ResultTable
{
    private static readonly string[] Utility = ["accuracy", "balanced accuracy"];

    public static Table Of(StudyMetrics metrics)
    {
        if (metrics.Grid is { } grid) return Of(grid);
        var attacks = metrics.Methods.Values.SelectMany(method => method.Attacks.Select(attack => attack.Name)).Distinct().ToArray();
        var fidelity = metrics.Methods.Values.SelectMany(method => method.Fidelity).Select(metric => metric.Name)
            .Where(name => name.StartsWith("FID", StringComparison.Ordinal)).Distinct().ToArray();
        var table = new Table().Border(TableBorder.Rounded).AddColumn("trained on");
        var isAnyPrivate = metrics.Methods.Values.Any(method => method.Certificate is not null) || metrics.Baselines.Values.Any(baseline => baseline.Certificate is not null);
        if (isAnyPrivate) table.AddColumn("ε");
        foreach (var column in Utility.Concat(fidelity).Concat(attacks.Select(name => $"AUC {name}"))) table.AddColumn(Markup.Escape(column));
        foreach (var baseline in metrics.Baselines.Values)
            table.AddRow(Row(baseline.Title, Claim(isAnyPrivate, baseline.Certificate), baseline.Utility, baseline.Fidelity, fidelity, attacks.Select(_ => (Metric?)null)));
        foreach (var (id, method) in metrics.Methods)
        {
            var aucs = attacks.Select(name => method.Attacks.FirstOrDefault(attack => attack.Name == name)?.Metrics.FirstOrDefault(metric => metric.Name == "AUC"));
            table.AddRow(Row(id, Claim(isAnyPrivate, method.Certificate), method.Utility, method.Fidelity, fidelity, aucs));
        }
        return table;
    }

    /// <summary>The releases of a grid, the most useful first.</summary>
    private static Table Of(GridMetrics grid)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in new[] { "release", "balanced accuracy", "AUC of the strongest attack", "attack", "ε shown", "ε guaranteed" }) table.AddColumn(column);
        foreach (var row in grid.Rows)
        {
            table.AddRow(new Text(row.IsRefuted ? $"{row.Key.Title}: refuted" : row.Key.Title), Cell(row.Utility), Cell(row.Auc), new Text(row.Attack ?? "–"),
                new Text(row.Shown is { } shown ? FormattableString.Invariant($"{shown:0.000}") : "–"),
                new Text(row.Guarantee?.Epsilon is { } epsilon ? FormattableString.Invariant($"{epsilon:0.000}") : "none"));
        }
        return table;
    }

    private static IEnumerable<Text> Row(string name, IEnumerable<Text> claim, IReadOnlyList<Metric> utility, IReadOnlyList<Metric> fidelity, string[] fidelityNames, IEnumerable<Metric?> attacks) =>
    [
        new Text(name),
        .. claim,
        .. Utility.Select(figure => Cell(Find(utility, figure))),
        .. fidelityNames.Select(figure => Cell(Find(fidelity, figure))),
        .. attacks.Select(Cell),
    ];

    /// <summary>The cell of a column that is there only where some method or baseline claims something.</summary>
    private static IEnumerable<Text> Claim(bool hasColumn, PrivacyCertificate? certificate) =>
        hasColumn ? [new Text(certificate is null ? "–" : FormattableString.Invariant($"{certificate.Epsilon:0.000}"))] : [];

    private static Metric? Find(IEnumerable<Metric> metrics, string name) => metrics.FirstOrDefault(metric => metric.Name == name);

    private static Text Cell(Metric? metric) => new(metric switch
    {
        null or { Value: double.NaN } => "–",
        { Interval: { } interval } => FormattableString.Invariant($"{metric.Value:0.000}\n{interval.Lower:0.00}–{interval.Upper:0.00}"),
        _ => FormattableString.Invariant($"{metric.Value:0.000}"),
    });
}
