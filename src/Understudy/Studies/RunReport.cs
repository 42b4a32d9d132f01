using System.Globalization;
using Understudy.Attacks;
using Understudy.Data;
using Understudy.Studies.Stages;

namespace Understudy.Studies;

/// <summary>Writes <c>metrics.json</c>, <c>report.html</c> and <c>card.md</c> of a run.</summary>
public static class RunReport
{
    private const int LossRows = 400;

    /// <summary>Writes them from the files of the stages that have run.</summary>
    /// <returns>What stands in <c>metrics.json</c>.</returns>
    /// <exception cref="InputException">No stage has run yet.</exception>
    public static StudyMetrics Write(RunDirectory run, TimeProvider time)
    {
        var study = run.Study(requireFiles: false);
        var metrics = new MetricsCollector(run, study).Collect();
        AtomicFile.WriteText(run.MetricsFile, JsonText.Write(metrics));
        var data = new ReportData(
            metrics,
            Verdict.Of(metrics),
            [.. Images(run, study), .. metrics.Sections.SelectMany(section => Pictures(run, section))],
            study.Methods.ToDictionary(method => method.Id, method => Losses(run.Generation(method.Id, "losses.csv"))),
            study.Methods.ToDictionary(method => method.Id, IReadOnlyDictionary<string, double[][]> (method) => Rocs(run, study, method)),
            Timings(run, study),
            JsonText.Read<RunEnvironment>(run.EnvironmentFile),
            File.ReadAllText(run.StudyFile),
            time.GetUtcNow());
        AtomicFile.WriteText(run.CardFile, DataCard.Markdown(data));
        AtomicFile.WriteText(run.ReportFile, Report.Html(data));
        return metrics;
    }

    private static IEnumerable<ReportImage> Images(RunDirectory run, Study study)
    {
        var grids = study.Methods.Select(method => (method.Id, Caption: $"{method.Id}: synthetic")).Prepend((Label.Real, Caption: "Real, from the test split"));
        foreach (var (id, caption) in grids)
        {
            var path = run.Sampling(id, SamplingStage.GridName);
            if (File.Exists(path)) yield return new ReportImage("samples", caption, $"Grid of images, a row or more of each class. {caption}.", File.ReadAllBytes(path));
        }
        foreach (var method in study.Methods.Where(method => Directory.Exists(run.Sampling(method.Id))))
        {
            foreach (var path in Directory.EnumerateFiles(run.Sampling(method.Id), "traversal-*.png").Order(StringComparer.Ordinal))
            {
                var code = Path.GetFileNameWithoutExtension(path)["traversal-".Length..];
                yield return new ReportImage("traversals", $"{method.Id}, code {code}", $"Grid of synthetic images of {method.Id}; along each row the code {code} changes.", File.ReadAllBytes(path));
            }
        }
    }

    private static IEnumerable<ReportImage> Pictures(RunDirectory run, ReportSection section) => section.Pictures
        .Select(picture => new ReportImage(section.Id, picture.Caption, picture.Alternative, File.ReadAllBytes(run.Section(section.Id, picture.File))));

    /// <summary>Reads <c>step,loss,…</c>; no more rows than a chart can show.</summary>
    private static LossCurves Losses(string path)
    {
        if (!File.Exists(path)) return new LossCurves([], []);
        var lines = File.ReadAllLines(path);
        var names = lines[0].Split(',')[1..];
        var rows = lines[1..].Select(line => line.Split(',')).Where(cells => cells.Length == names.Length + 1)
            .Select(cells => cells.Select(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out var value) ? value : double.NaN).ToArray())
            .ToArray();
        var stride = 1 + rows.Length / LossRows;
        return new LossCurves(names, [.. rows.Where((_, i) => i % stride == 0 || i == rows.Length - 1)]);
    }

    private static Dictionary<string, double[][]> Rocs(RunDirectory run, Study study, MethodSection method) =>
        study.Attacks.Where(attack => File.Exists(run.Attack(method.Id, attack.Id, AttackFiles.ResultName))).ToDictionary(
            attack => attack.Id,
            attack => AttackFiles.Read(run.Attack(method.Id, attack.Id)).Roc
                .Select(point => new[] { point.FalsePositiveRate, point.TruePositiveRate }).ToArray());

    /// <summary>The seconds of the last time that each piece of work was done.</summary>
    private static Dictionary<string, IReadOnlyDictionary<string, double>> Timings(RunDirectory run, Study study)
    {
        var timings = new Dictionary<string, Dictionary<string, double>>();
        foreach (var line in EventLog.Read(run.EventsFile).Where(line => line.GetProperty("event").GetString() == "finished"))
        {
            var subject = line.GetProperty("subject").GetString()!.Split(' ');
            var stages = timings.TryGetValue(subject[0], out var known) ? known : timings[subject[0]] = [];
            var stage = string.Join(' ', [line.GetProperty("stage").GetString()!, .. subject[1..]]);
            stages[stage] = line.GetProperty("details").GetProperty("seconds").GetDouble();
        }
        return study.Baselines.Select(baseline => baseline.Id).Prepend(Label.Real).Concat(study.Methods.Select(method => method.Id)).Where(timings.ContainsKey)
            .ToDictionary(id => id, IReadOnlyDictionary<string, double> (id) => timings[id]);
    }
}
