using System.Globalization;

namespace Understudy.Studies.Grids;

/// <summary>Answers a custodian's four questions from the figures of a grid, a sentence each, and from nothing else.</summary>
internal static class GridFindings
{
    /// <summary>The answers.</summary>
    public static IReadOnlyList<Finding> Of(GridMetrics grid)
    {
        var findings = new List<Finding>
        {
            new("May synthetic data replace the real ones?", [Replace(grid)]),
            new("What should I release?", [Release(grid)]),
            new("Do mitigations help?", [Mitigations(grid)]),
            new("Which model is best for me?", [Models(grid)]),
        };
        var stops = Stops(grid).ToArray();
        if (stops.Length > 0) findings.Insert(0, new Finding("What must not be released?", stops));
        return findings;
    }

    private static string Replace(GridMetrics grid)
    {
        var real = Real(grid);
        // Copies of the members are as useful as the members, and are no stand-in for them.
        var releasable = Synthetic(grid).Where(row => !row.IsRefuted).ToArray();
        var best = releasable.Where(row => row.Key.Release != ReleaseKind.Classifier).MaxBy(row => row.Utility.Value) ?? releasable.MaxBy(row => row.Utility.Value);
        if (best is null || real is null) return "That was not measured: it takes labelled samples that may be released and the classifiers trained on real images.";
        var loss = Text($"{real.Value - best.Utility.Value:0.000}");
        var judged = (best.Utility.Interval, real.Interval) switch
        {
            ({ } ours, { } theirs) when ours.Upper < theirs.Lower => $"Not without loss: at best ({best.Key.Title}) {loss} of balanced accuracy are lost, more than chance explains",
            ({ } ours, { } theirs) when ours.Lower > theirs.Upper => $"Yes: the best ({best.Key.Title}) even do better, by more than chance explains",
            _ => $"This study cannot tell the best of them ({best.Key.Title}) from the real ones",
        };
        return $"{judged}: classifiers trained on them reach {Shown(best.Utility)} on real test images, those trained on the real ones {Shown(real)}.";
    }

    private static string Release(GridMetrics grid)
    {
        var releasable = Synthetic(grid).Concat(grid.Rows.Where(row => row.Key.Classifier == "dp-sgd" && double.IsFinite(row.Utility.Value))).Where(row => !row.IsRefuted).ToArray();
        var guaranteed = releasable.Where(row => row.Guarantee?.Epsilon is not null).MaxBy(row => row.Utility.Value);
        var quiet = releasable.Where(row => row.Auc is not null && !row.IsBetterThanGuessing).MaxBy(row => row.Utility.Value);
        var first = guaranteed is null ? "Nothing here carries a guarantee against every attack"
            : $"Of what carries a guarantee, {guaranteed.Key.Title} is the most useful, {Shown(guaranteed.Utility)} at {guaranteed.Guarantee!.Claim}{Attacked(guaranteed)}";
        var second = quiet is null ? "; and of all that was attacked nothing withstood"
            : quiet == guaranteed ? ", which is also the most useful of what the attacks could not tell from guessing"
            : $"; and of what the attacks could not tell from guessing, {quiet.Key.Title}, {Shown(quiet.Utility)}{Attacked(quiet)}, {(quiet.Guarantee?.Epsilon is null ? "though nothing is guaranteed of it" : $"at {quiet.Guarantee.Claim}")}";
        return grid.Rows.All(row => row.Auc is null) ? $"{first}; no attack was tried." : $"{first}{second}.";
    }

    private static string Mitigations(GridMetrics grid)
    {
        var tried = grid.Comparisons.Where(comparison => comparison.Auc is not null).ToArray();
        if (tried.Length == 0) return "None was compared: give the grid a second sampler, output noise or a private baseline, and attacks.";
        var helping = tried.Where(comparison => comparison.Helps).ToArray();
        var costly = tried.Count(comparison => comparison.Costs);
        var best = tried.MinBy(comparison => comparison.Auc!.Value)!;
        var example = Text($"the largest change is that of {best.Mitigation} ({best.With}), whose strongest attack changes by {Change(best.Auc!.Value)} in AUC and whose balanced accuracy by {Change(best.Utility.Value)}");
        return helping.Length == 0
            ? $"Not visibly: none of {tried.Length} comparisons weakens the strongest attack by more than chance explains, and {costly} cost utility; {example}."
            : $"In {helping.Length} of {tried.Length} comparisons ({string.Join(", ", helping.Select(comparison => comparison.Mitigation).Distinct())}) they weaken the strongest attack by more than chance explains, and {costly} cost utility; {example}.";
    }

    private static string Models(GridMetrics grid)
    {
        var plain = Synthetic(grid).Where(row => row.Key.Mitigation is null && !row.IsRefuted).ToArray();
        var drawn = plain.Where(row => row.Key.Release != ReleaseKind.Classifier).ToArray();
        var best = (drawn.Length > 0 ? drawn : plain).GroupBy(row => row.Key.Budget).OrderBy(group => group.Key ?? double.PositiveInfinity)
            .Select(group => (Budget: group.Key, Row: group.MaxBy(row => row.Utility.Value)!, Rivals: group.Select(row => row.Key.Method).Distinct().Count())).ToArray();
        if (best.Length == 0) return "That was not measured: no method of this study drew labelled samples, or all were refuted.";
        var told = best.Select(one =>
            $"{(one.Budget is { } epsilon ? Text($"at ε = {epsilon}") : "without a guarantee")} {one.Row.Key.Method}{(one.Rivals > 1 ? $", the best of {one.Rivals}" : "")}, {Shown(one.Row.Utility)}{Attacked(one.Row)}");
        var sentence = string.Join("; ", told);
        return $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}.";
    }

    private static IEnumerable<string> Stops(GridMetrics grid)
    {
        foreach (var row in grid.Rows.Where(row => row.Guarantee?.Epsilon is { } claimed && row.Shown > claimed))
            yield return Text($"{row.Key.Title} claims {row.Guarantee!.Claim}, and an attack shows an ε of at least {row.Shown:0.###}: the claim is wrong, or the attack met its chance of error.");
        foreach (var row in grid.Rows.Where(row => row.IsLeakingCounts))
            yield return $"{row.Key.Title} claims {row.Guarantee!.Claim}, and has learnt the numbers of members in each class without any noise: the claim is wrong.";
        foreach (var audit in grid.Audits.Where(audit => audit.IsRefuted))
            yield return Text($"{audit.Method} claims ε = {audit.Budget}, which is {audit.Claimed:0.###} at δ = {audit.Bound.Delta}, and canaries in its training show at least {audit.Bound.Epsilon:0.###} there (with a probability of {audit.Bound.Significance} of being wrong): its noise is too small.");
        foreach (var row in grid.Rows.Where(row => row.Key.Release != ReleaseKind.Classifier && row.Auc?.Interval is { Lower: > 0.9 }))
            yield return Text($"{row.Key.Title} gives members away: {row.Attack} tells them from others with an AUC of {Shown(row.Auc!)}.");
        foreach (var row in grid.Rows.Where(row => row.Copies is { IsLeak: true }))
            yield return Text($"{row.Key.Title} holds members as they are, or nearer than chance explains: {row.Copies!.Exact} to the last pixel, {row.Copies.Count} of {row.Copies.Records} nearer than any other real image.");
    }

    private static Metrics.Metric? Real(GridMetrics grid) =>
        grid.Rows.Where(row => row.Key is { Method: Label.Real, Mitigation: null } && double.IsFinite(row.Utility.Value)).MaxBy(row => row.Utility.Value)?.Utility;

    private static IEnumerable<GridRow> Synthetic(GridMetrics grid) =>
        grid.Rows.Where(row => row.Key.Method != Label.Real && row.Key.Classifier != "dp-sgd" && double.IsFinite(row.Utility.Value) && row.Key.Classifier != "chosen by sen");

    private static string Attacked(GridRow row) => row.Auc is null ? "" : Text($" (AUC of the strongest attack {row.Auc.Value:0.000})");

    private static string Shown(Metrics.Metric metric) => metric.Interval is { } interval
        ? Text($"{metric.Value:0.000} ({interval.Lower:0.000} to {interval.Upper:0.000})")
        : Text($"{metric.Value:0.000}");

    private static string Change(double value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
