using System.Globalization;
using System.Text;
using Understudy.Metrics;

namespace Understudy.Studies;

/// <summary>The data card: what the synthetic data are, how they were made, how they did, and what is not covered; in Markdown.</summary>
public static class DataCard
{
    /// <summary>The card's text.</summary>
    public static string Markdown(ReportData report)
    {
        var metrics = report.Metrics;
        var data = metrics.Data;
        var text = new StringBuilder();
        Line($"# Data card: {metrics.Study}");
        Line();
        Line($"Synthetic images made by Understudy {report.Environment.Understudy}; seed {metrics.Seed}. The figures stand in `metrics.json`, the charts in `report.html`.");
        Line();
        Line("## What the data are");
        Line();
        Line($"- Images of {data.Shape} (channels, height, width); {(data.Classes.Count > 0 ? $"classes: {Escape(string.Join(", ", data.Classes))}" : "no labels")}.");
        Line($"- Made from {data.Members} members. Held out: {data.NonMembers} non-members, {data.Reference} reference, {data.Test} test.");
        Line();
        Table(["data set", "method", "samples", "guarantee", "paper"],
            metrics.Methods.Select(method => new[] { method.Key, method.Value.Card.Name, Number(method.Value.Samples), method.Value.Card.Guarantee, method.Value.Card.Paper }));
        foreach (var (id, claim) in metrics.Methods.Select(method => (method.Key, method.Value.Certificate)).Concat(metrics.Baselines.Select(baseline => (baseline.Key, baseline.Value.Certificate))))
        {
            if (claim is not { } certificate) continue;
            Line($"## Differential-privacy certificate: {id}");
            Line();
            Table(["what", "value"], Certificate(certificate).Select(row => new[] { row.What, row.Value }));
        }
        Line("## Findings");
        foreach (var finding in report.Verdict)
        {
            Line();
            Line($"**{finding.Question}**");
            Line();
            foreach (var answer in finding.Answers) Line($"- {Escape(answer)}");
        }
        Line();
        Figures("Utility", metrics.Baselines.Values.Select(baseline => (baseline.Title, baseline.Utility)).Concat(metrics.Methods.Select(method => (method.Key, method.Value.Utility))));
        Figures("Fidelity", metrics.Methods.Select(method => (method.Key, method.Value.Fidelity)).Prepend((BaselineMetrics.RealTitle, metrics.Baselines[Label.Real].Fidelity)));
        Figures("Memorisation (not a privacy measure)", metrics.Methods.Select(method => (method.Key, method.Value.Memorisation)));
        Figures("Membership attacks", metrics.Methods.SelectMany(method => method.Value.Attacks.Select(attack => ($"{method.Key}, {attack.Name}", attack.Metrics))));
        Line("## Unaccounted reads of the data");
        Line();
        Table(["who", "reads", "can be seen in"], metrics.Unaccounted.Select(read => new[] { read.By, read.What, read.Shows }));
        return text.ToString().TrimEnd() + "\n";

        void Line(string line = "") => text.Append(line).Append('\n');

        void Table(string[] head, IEnumerable<string[]> rows)
        {
            Line($"| {string.Join(" | ", head)} |");
            Line($"|{string.Concat(head.Select(_ => " --- |"))}");
            foreach (var row in rows) Line($"| {string.Join(" | ", row.Select(Escape))} |");
            Line();
        }

        void Figures(string title, IEnumerable<(string Id, IReadOnlyList<Metric> Metrics)> rows)
        {
            var flat = rows.SelectMany(row => row.Metrics.Select(metric => new[] { row.Id, metric.Name, Shown(metric), metric.Note ?? "" })).ToArray();
            if (flat.Length == 0) return;
            Line($"## {title}");
            Line();
            Table(["data set", "figure", "value", "note"], flat);
        }
    }

    private static IEnumerable<(string What, string Value)> Certificate(PrivacyCertificate certificate)
    {
        yield return ("claim", certificate.Claim);
        yield return ("bracket of ε", FormattableString.Invariant($"{certificate.EpsilonLower:0.######} to {certificate.Epsilon:0.######} at δ = {certificate.Delta:0.##e-0}"));
        yield return ("accountant", certificate.Accountant);
        yield return ("neighbours", FormattableString.Invariant($"{certificate.Relation}, unit: {certificate.Unit}"));
        foreach (var (plan, spent) in certificate.Plans.Zip(certificate.StepsSpent))
        {
            var of = certificate.Plans.Count > 1 ? $" of {plan.Label}" : "";
            yield return ($"mechanism{of}", plan.Mechanism);
            yield return ($"sampling rate q{of}", FormattableString.Invariant($"{plan.SamplingRate:0.######}"));
            yield return ($"noise multiplier σ{of}", FormattableString.Invariant($"{plan.NoiseMultiplier:0.######}"));
            yield return ($"bound C on one record{of}", FormattableString.Invariant($"{plan.Bound:0.######}"));
            yield return ($"steps T{of}", FormattableString.Invariant($"{spent} paid for, {plan.Steps} planned"));
        }
        yield return ("noise", certificate.Noise);
        yield return ("declared public", string.Join("; ", certificate.PublicFacts));
    }

    private static string Shown(Metric metric) => double.IsFinite(metric.Value) ? Verdict.Shown(metric) : "not measured";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.ReplaceLineEndings(" ").Replace("\\", "\\\\").Replace("|", "\\|").Replace("<", "&lt;");
}
