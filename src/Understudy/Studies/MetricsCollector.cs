using Understudy.Attacks;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Metrics;
using Understudy.Studies.Grids;
using Understudy.Studies.Stages;

namespace Understudy.Studies;

/// <summary>Gathers the figures of a run from the files of its stages; what has not been measured yet is empty.</summary>
/// <param name="run">The run.</param>
/// <param name="study">Its study.</param>
internal sealed class MetricsCollector(RunDirectory run, Study study)
{
    /// <exception cref="InputException">No stage has run yet.</exception>
    public StudyMetrics Collect()
    {
        if (!File.Exists(run.DataFile)) throw new InputException($"nothing has run in {run.Path} yet; run: understudy train {run.StudyFile} --output {run.Path} --resume");
        var data = DataRecord.Read(run.DataFile).Summary;
        if (study.Grid is not null) return Grid(data);
        var methods = study.Methods.ToDictionary(method => method.Id, Method);
        return new StudyMetrics(
            study.Name,
            study.Seed,
            data,
            Baselines(),
            methods,
            Unaccounted.Reads(study, data, methods),
            Sections());
    }

    private StudyMetrics Grid(DataSummary data)
    {
        var grid = new GridCollector(run, study).Collect();
        var sections = GridReport.Of(grid);
        foreach (var section in sections) section.Write(Directory.CreateDirectory(run.Section(section.Id)).FullName);
        var real = new BaselineMetrics(BaselineMetrics.RealTitle, Metrics(run.Classification(Label.Real, ClassificationStage.ResultName)), []);
        return new StudyMetrics(
            study.Name, study.Seed, data, new Dictionary<string, BaselineMetrics> { [Label.Real] = real }, new Dictionary<string, MethodMetrics>(), Unaccounted.OfGrid(study, data, grid), [.. sections, .. Asked()])
        {
            Grid = grid,
        };
    }

    private ReportSection[] Sections()
    {
        var diagnostics = TrainingDiagnostics.Of(run, study);
        diagnostics?.Write(Directory.CreateDirectory(run.Section(diagnostics.Id)).FullName);
        return [.. diagnostics is null ? [] : new[] { diagnostics }, .. Asked()];
    }

    private IEnumerable<ReportSection> Asked() => SectionStages.All.Select(stage => ReportSection.Read(run.Section(stage.Id))).OfType<ReportSection>();

    private Dictionary<string, BaselineMetrics> Baselines()
    {
        var baselines = new Dictionary<string, BaselineMetrics>
        {
            [Label.Real] = new(
                BaselineMetrics.RealTitle,
                Metrics(run.Classification(Label.Real, ClassificationStage.ResultName)),
                Metrics(run.Fidelity(Label.Real, FidelityStage.ResultName))),
        };
        foreach (var baseline in study.Baselines)
        {
            baselines.Add(baseline.Id, new(
                baseline.Title,
                Metrics(run.Classification(baseline.Id, ClassificationStage.ResultName)),
                [],
                Certificate(run.Classification(baseline.Id, ClassificationStage.CertificateName))));
        }
        return baselines;
    }

    private MethodMetrics Method(MethodSection method)
    {
        var card = run.Generation(method.Id, GenerationStage.ResultName);
        var path = run.Sampling(method.Id, SamplingStage.ResultName);
        var samples = File.Exists(path) ? NpzFile.Read(path).Train : null;
        return new MethodMetrics(
            File.Exists(card) ? Read<MethodCard>(card) : Synthesizers.Get(method.Name).Card,
            samples?.Count ?? 0,
            samples?.Labels is not null,
            Metrics(run.Classification(method.Id, ClassificationStage.ResultName)),
            Metrics(run.Fidelity(method.Id, FidelityStage.ResultName)),
            Metrics(run.Fidelity(method.Id, FidelityStage.MemorisationName)),
            [.. study.Attacks.Where(attack => File.Exists(run.Attack(method.Id, attack.Id, AttackFiles.ResultName)))
                .Select(attack => AttackSummary.Of(attack.Id, AttackFiles.Read(run.Attack(method.Id, attack.Id))))],
            Certificate(run.Generation(method.Id, GenerationStage.CertificateName)));
    }

    private static PrivacyCertificate? Certificate(string path) => File.Exists(path) ? Read<PrivacyCertificate>(path) : null;

    private static Metric[] Metrics(string path) => File.Exists(path) ? Read<Metric[]>(path) : [];

    private static T Read<T>(string path) => JsonText.Read<T>(path);
}
