using System.Globalization;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Trains classifiers from few labels, each in a folder of its own, so that a killed run goes on with the next.</summary>
internal sealed class LabelCurve(StageContext context, LabelBudgetSection section, string folder, IProgress<StageProgress> progress)
{
    private const string Stage = "encodings";
    private readonly Dictionary<(LimitedLabelMethod, int Budget), LimitedLabelResult[]> results = [];

    /// <summary>What the figures say of the method with labels and noise and prior against the supervised one, at every budget.</summary>
    public IEnumerable<string> Findings => section.Budgets
        .Where(budget => results.ContainsKey((LimitedLabelMethod.Cnn, budget)) && results.ContainsKey((LimitedLabelMethod.Daae, budget)))
        .Select(Finding);

    /// <summary>The curve: a row a method and budget.</summary>
    public IEnumerable<ReportTable> Measure()
    {
        var rows = new List<ReportCell[]>();
        var total = section.Methods.Count * section.Budgets.Count * section.Repetitions;
        foreach (var (method, budget) in section.Methods.SelectMany(method => section.Budgets.Select(budget => (method, budget))))
        {
            var repeated = results[(method, budget)] = [.. Enumerable.Range(0, section.Repetitions).Select(repetition =>
            {
                var result = Result(method, budget, repetition);
                progress.Report(new StageProgress(Stage, $"{method} {budget}", (results.Count - 1) * section.Repetitions + repetition + 1, total, new Dictionary<string, double>()));
                return result;
            })];
            rows.Add([Name(method), Labels(budget), .. Cells(repeated)]);
        }
        yield return new ReportTable(
            "labels",
            FormattableString.Invariant($"Finding '{context.Splits.Test.ClassNames[1]}' (prevalence {results.Values.First()[0].Prevalence:0.000} in the test images) from few labels: means over {section.Repetitions} repetitions, with Student's intervals. Thresholds come from held-out images."),
            ["Method", "Labels", "AUC", "Average precision", .. SpecificityAtSensitivity.Usual.Select(s => FormattableString.Invariant($"Specificity at {s:0.00}"))],
            rows);
    }

    private static string Name(LimitedLabelMethod method) => method switch
    {
        LimitedLabelMethod.Daae => "ssDAAE",
        _ => method.ToString().ToUpperInvariant(),
    };

    private string Labels(int budget) => budget == 0 ? $"all {context.Splits.Members.Count}" : budget.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<ReportCell> Cells(LimitedLabelResult[] repeated)
    {
        yield return Repetitions.Mean(repeated.Select(result => result.Auc));
        yield return Repetitions.Mean(repeated.Select(result => result.AveragePrecision));
        for (var s = 0; s < SpecificityAtSensitivity.Usual.Count; s++) yield return Repetitions.Mean(repeated.Select(result => result.Specificities[s]));
    }

    private string Finding(int budget)
    {
        var mean = Repetitions.Mean(results[(LimitedLabelMethod.Daae, budget)].Zip(results[(LimitedLabelMethod.Cnn, budget)], (daae, cnn) => daae.Auc - cnn.Auc));
        var judgement = mean.Interval is not { } interval ? "one repetition does not say whether that is chance"
            : interval.Lower > 0 ? "it beats the supervised network"
            : interval.Upper < 0 ? "the supervised network beats it"
            : "it does not beat the supervised network outside the interval";
        var shown = mean.Interval is { } i ? FormattableString.Invariant($" ({i.Lower:+0.000;-0.000} to {i.Upper:+0.000;-0.000})") : "";
        return FormattableString.Invariant($"With {Labels(budget)} labels the AUC of ssDAAE is {mean.Value:+0.000;-0.000}{shown} from that of the supervised network with the same encoder and labels: {judgement}.");
    }

    private LimitedLabelResult Result(LimitedLabelMethod method, int budget, int repetition)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, "labels", $"{method.ToString().ToLowerInvariant()}-{budget}-{repetition}")).FullName;
        var path = Path.Combine(place, "result.json");
        if (File.Exists(path)) return JsonText.Read<LimitedLabelResult>(path);
        var fit = new FitContext(place, Seed.Derive(context.Study.Seed, "labels", repetition), null, context.Cancellation);
        var result = LimitedLabels.Measure(method, budget, section.Model, context.Splits.Members, context.Splits.NonMembers, context.Splits.Test, fit);
        AtomicFile.WriteText(path, JsonText.Write(result));
        return result;
    }
}
