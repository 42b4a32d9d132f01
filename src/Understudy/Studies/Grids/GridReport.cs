using System.Globalization;
using Understudy.Attacks;
using Understudy.Metrics;

namespace Understudy.Studies.Grids;

/// <summary>The sections of the report that show a grid.</summary>
internal static class GridReport
{
    private const double LeastRate = 1e-3;
    private const int LimitPoints = 60;

    private static readonly double[] Limit = [.. Enumerable.Range(0, LimitPoints + 1).Select(i => Math.Pow(LeastRate, 1 - (i / (double)LimitPoints)))];

    /// <summary>The sections, those without anything to show left out.</summary>
    public static IReadOnlyList<ReportSection> Of(GridMetrics grid) =>
    [
        .. new[] { Leaderboard(grid), Guaranteed(grid), Mitigations(grid), Selection(grid), Classifiers(grid), Ranks(grid), Attacks(grid), Inference(grid), Audits(grid), Failures(grid) }
            .Where(section => section.Tables.Any(table => table.Rows.Count > 0)),
    ];

    private static ReportSection Leaderboard(GridMetrics grid)
    {
        var charted = grid.Rows.Where(row => row.Auc is not null && double.IsFinite(row.Utility.Value)).ToArray();
        return new ReportSection("leaderboard", "Leaderboard",
            [
                "A row for each thing that may be released, over all seeds; a click on a head sorts by it. Utility is balanced accuracy on real test images, the mean over the classifiers where images or a generator are released. Privacy is measured on exactly what is released: images by their distances and densities, a generator by what it draws and by its weights where white-box attacks are named, a classifier by its answers.",
                "The intervals of the strongest attack hold for all attacks on a row together, so that the strongest may be picked. A row is on the front where no other is at least as useful and no easier to attack. A guarantee composes all private training, selection and counting that went into the release.",
                $"{grid.Done} of {grid.Total} pieces of work are done{(grid.Failures.Count > 0 ? $", {grid.Failures.Count} failed or wait for one that did" : "")}.",
            ],
            [new ReportTable("leaderboard", "Releases. ε shown is the largest lower bound of an attack, ε guaranteed the whole cost; “none” stands where something is covered by no guarantee.",
                ["release", "method", "ε given", "sampler", "what", "classifier", "seeds", "balanced accuracy", "AUC of the strongest attack", "attack", "TPR at 1 % FPR", "ε shown", "ε guaranteed", "FID", "front", "release?"],
                [.. grid.Rows.Select(row => (IReadOnlyList<ReportCell>)
                [
                    row.Key.Title, row.Key.Method, row.Key.Budget is { } budget ? budget : "∞", row.Key.Sampler ?? "–", row.Key.Release.ToString().ToLowerInvariant(),
                    row.Key.Mitigation is null ? row.Key.Classifier ?? "–" : $"{row.Key.Classifier}, {row.Key.Mitigation}", row.Cells.Count, Cell(row.Utility), Cell(row.Auc), row.Attack ?? "–", Cell(row.TruePositiveRate),
                    row.Shown is { } shown ? shown : "–", Guarantee(row), Cell(row.Fid), row.IsOnFront ? "on it" : "–", Verdict(row),
                ])])],
            [])
        {
            Charts = charted.Length < 2 ? [] : [new ReportChart("What each release is worth against what it gives away, with 95 % intervals; the line joins the front", "AUC of the strongest attack", "Balanced accuracy",
                [.. charted.Select(row => new ReportPoint(row.Key.Title, row.Key.MethodAndBudget, row.Auc!, row.Utility, row.IsOnFront))])],
        };
    }

    private static ReportSection Guaranteed(GridMetrics grid) => new("composition", "What each guarantee is made of",
        ["Every entry was paid for in the ledger before it ran. Whoever makes several releases pays for all of them together, and whoever picks one by its figures here has used what no guarantee covers."],
        [new ReportTable("composition", "Parts of each release's guarantee, and what no guarantee covers.", ["release", "ε in all", "parts", "covered by nothing"],
            [.. grid.Rows.Where(row => row.Guarantee is not null).Select(row => (IReadOnlyList<ReportCell>)
            [
                row.Key.Title, Guarantee(row),
                row.Guarantee!.Parts.Count == 0 ? "–" : string.Join("; ", row.Guarantee.Parts.Select(part => Text($"{part.What} of {part.Name} (ε = {part.Epsilon:0.###})"))),
                row.Guarantee.Uncovered.Count == 0 ? "–" : string.Join("; ", row.Guarantee.Uncovered),
            ])])], []);

    private static ReportSection Mitigations(GridMetrics grid) => new("mitigations", "Mitigations",
        ["Each is compared with the same release without it, seed by seed and test image by test image; output noise with the same classifier's plain answers, label smoothing and weight decay with the same classifier without them, DP-SGD with the first classifier trained on real images without protection."],
        [new ReportTable("mitigations", "Changes; a negative change in AUC is a gain in privacy.", ["mitigation", "with it", "change in balanced accuracy", "change in AUC of the strongest attack", "verdict"],
            [.. grid.Comparisons.Select(one => (IReadOnlyList<ReportCell>)
            [
                one.Mitigation, one.With, Cell(one.Utility), Cell(one.Auc),
                (one.Helps, one.Costs) switch { (true, false) => "helps, at no cost that shows", (true, true) => "helps, and costs utility", (false, true) => "costs utility, and no help shows", _ => "no change that shows" },
            ])])], []);

    private static ReportSection Selection(GridMetrics grid) => new("selection", "Choosing the classifier",
        ["“syn” chooses by samples kept aside and costs nothing; “val” by the number of members recognised, compared with noise, and is charged; “sen” by the test split without noise, as published figures often do: it violates differential privacy and flatters the figure, and stands here for comparison alone."],
        [new ReportTable("selection", "The classifier that was chosen, its balanced accuracy on the test split, and what the release costs.", ["release", "chosen", "balanced accuracy", "ε guaranteed", "verdict"],
            [.. grid.Rows.Where(row => row.Cells.Any(cell => cell.Chosen is not null)).Select(row => (IReadOnlyList<ReportCell>)
            [
                row.Key.Title, string.Join(", ", row.Cells.Select(cell => cell.Chosen).OfType<string>()), Cell(row.Utility), Guarantee(row),
                row.Key.Classifier == "chosen by sen" ? "a violation: do not release" : "–",
            ])])], []);

    private static ReportSection Classifiers(GridMetrics grid)
    {
        string[] names = [.. grid.Classifiers.SelectMany(row => row.Utility.Keys).Distinct()];
        return new("by-classifier", "Utility by classifier", ["Trained on the data of the row, tested on the same real test images. A weak classifier misleads about data; several tell more."],
            [new ReportTable("by-classifier", "Balanced accuracy and 95 % interval, over the seeds.", ["trained on", .. names],
                [.. grid.Classifiers.Select(row => (IReadOnlyList<ReportCell>)[row.Data, .. names.Select(name => Cell(row.Utility.GetValueOrDefault(name)))])])], []);
    }

    private static ReportSection Ranks(GridMetrics grid) => new("ranks", "Rank preservation",
        ["Whether who compares classifiers by means of synthetic data comes to the same order as with real data: 1 is the same order, 0 none, −1 the opposite one."],
        [new ReportTable("ranks", "Agreement between the utilities of classifiers trained on samples and on real images; intervals over test images.", ["data", "classifiers", "Kendall's τ", "Spearman's ρ"],
            [.. grid.Ranks.Select(row => (IReadOnlyList<ReportCell>)[row.Data, row.Classifiers, Cell(row.Kendall), Cell(row.Spearman)])])], []);

    private static ReportSection Attacks(GridMetrics grid) => new("by-attack", "Attacks on each release",
        ["An AUC of 0.5 is guessing. The control stands in for a release that cannot leak: away from 0.5, members and non-members differ in themselves."],
        [new ReportTable("by-attack", "AUC, TPR at an FPR of 1 % and the lower bound on ε, by release, seed and attack.", ["release", "seed", "attack", "AUC", "TPR at 1 % FPR", "ε at least", "control AUC"],
            [.. grid.Rows.SelectMany(row => row.Cells.SelectMany(cell => cell.Attacks.Select(attack => (IReadOnlyList<ReportCell>)
            [
                row.Key.Title, cell.Seed, attack.Name, Find(attack, "AUC"), Find(attack, "TPR at FPR 1%"), Find(attack, "epsilon lower bound") with { Text = null }, Find(attack, "control AUC") with { Text = null },
            ])))])], [])
        {
            Curves = grid.Rows.Any(row => row.Roc is not null)
                ? [new ReportCurves("ROC curves, both axes logarithmic: of each method the release that is easiest to attack, by its strongest attack. Guessing is grey; the dotted line of a colour is the most that the guarantee of that release allows any attack.", LeastRate, [.. grid.Rows.Where(row => row.Roc is not null).SelectMany(Lines)])]
                : [],
        };

    private static ReportSection Inference(GridMetrics grid) => new("inference", "What a release tells of a member's class",
        [
            "Whoever has an image, but not its class, guesses it: from images, the class of the nearest one; from a classifier, its answer. What comes right for non-members too follows from the population. Only the excess is told by having been a member.",
            "Each interval holds for its own row. A guess that is no better than the most common class has failed, which says nothing about privacy.",
        ],
        [new ReportTable("inference", "Share of classes guessed right, and the risk: the excess as a share of what it could be at most.", ["release", "seed", "members", "non-members", "excess", "risk", "most common class"],
            [.. grid.Rows.SelectMany(row => row.Cells.Where(cell => cell.Inference is not null).Select(cell => (IReadOnlyList<ReportCell>)
            [
                row.Key.Title, cell.Seed, Cell(cell.Inference!.Members), Cell(cell.Inference.NonMembers), Cell(cell.Inference.Excess), Cell(cell.Inference.Risk), Cell(cell.Inference.Baseline),
            ]))])], []);

    private static IEnumerable<ReportLine> Lines(GridRow row)
    {
        yield return new ReportLine(row.Key.Title, row.Roc!, IsLimit: false);
        if (row.Guarantee is { Epsilon: { } epsilon, Delta: var delta }) yield return new ReportLine(row.Key.Title, [.. Limit.Select(rate => new[] { rate, DpLimits.MaxTpr(epsilon, delta, rate) })], IsLimit: true);
    }

    private static ReportSection Audits(GridMetrics grid) => new("audits", "Audits with canaries",
        ["Each method with a guarantee was trained once more with canaries that secret coins put in or left out; who can tell which were in, refutes the claim. An audit never proves privacy: it refutes a claim or fails to. The Gaussian bound is tighter and holds if the method is Gaussian-DP; it is shown beside, not instead."],
        [new ReportTable("audits", "Lower bounds on ε, and the claim, at the δ of the audit.", ["method", "ε given", "ε claimed at that δ", "ε at least", "ε at least, if Gaussian", "canaries", "chance of error", "told by", "verdict"],
            [.. grid.Audits.Select(audit => (IReadOnlyList<ReportCell>)
            [
                audit.Method, audit.Budget, audit.Claimed, audit.Bound.Epsilon, audit.GaussianBound.Epsilon, audit.Canaries, audit.Bound.Significance, audit.Score, audit.IsRefuted ? "the claim is wrong: release nothing" : "not refuted",
            ])])], []);

    private static ReportSection Failures(GridMetrics grid) => new("failures", "What failed", ["The other cells are not touched by it. Run the study again with --resume to try these once more."],
        [new ReportTable("failures", "Pieces of work that are missing.", ["what", "stage", "why"],
            [.. grid.Failures.Select(failure => (IReadOnlyList<ReportCell>)[failure.Subject, failure.Stage, failure.Why])])], []);

    private static ReportCell Cell(Metric? metric) => metric is null || !double.IsFinite(metric.Value) ? "–" : new ReportCell(metric.Value, metric.Interval);

    private static ReportCell Find(AttackSummary attack, string name) => Cell(attack.Metrics.FirstOrDefault(metric => metric.Name == name));

    private static ReportCell Guarantee(GridRow row) => row.Guarantee is null ? "–" : row.Guarantee.Epsilon is { } epsilon ? Math.Ceiling(epsilon * 1000) / 1000 : "none";

    private static ReportCell Verdict(GridRow row) => row switch
    {
        { IsRefuted: true } => "no: refuted",
        { Key.Classifier: "chosen by sen" } => "no: chosen by the test split",
        { Guarantee.Epsilon: not null } => "guaranteed",
        { IsBetterThanGuessing: true } => "no: attacks succeed",
        { Auc: not null } => "no guarantee; attacks failed",
        _ => "not attacked",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
