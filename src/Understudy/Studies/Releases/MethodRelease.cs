using System.Globalization;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Studies.Grids;
using Understudy.Studies.Stages;

namespace Understudy.Studies.Releases;

/// <summary>
/// Finds the data set that is to be released of a run without a grid. Such a run attacks data sets alone, so it releases no model.
/// </summary>
internal static class MethodRelease
{
    private const string AuditName = "audit.json";

    /// <exception cref="InputException">There is no such method, not all of it is measured, its claim is refuted, or it holds members.</exception>
    public static ReleaseSource Of(RunDirectory run, Study study, string id)
    {
        var method = study.Methods.FirstOrDefault(one => one.Id == id)
            ?? throw new InputException($"the study has no method '{id}'{NearestName.Hint(id, [.. study.Methods.Select(one => one.Id)])}");
        Release.RefusePlanted(id, method.Name);
        if (!File.Exists(run.DataFile)) throw Unfinished(run, id);
        var metrics = new MetricsCollector(run, study).Collect();
        var measured = metrics.Methods[id];
        var pairs = metrics.Sections.FirstOrDefault(section => section.Id == SegmentationStage.SectionId);
        var guarantees = File.Exists(run.GuaranteesFile) ? JsonText.Read<Dictionary<string, ReleaseGuarantee>>(run.GuaranteesFile) : [];
        if (!guarantees.TryGetValue(id, out var guarantee) || measured.Memorisation.Count == 0 || measured.Attacks.Count < study.Attacks.Count || (study.Segmentation is not null && pairs is null))
            throw Unfinished(run, id);
        if (measured.IsRefuted) throw new InputException($"{id} must not be released: an attack shows more than it claims; the report of {run.Path} says how much");
        if (measured.Memorisation.Any(figure => figure.Name == Memorisation.CopiesName && figure.Value > 0) || (pairs is not null && SegmentationFinding.IsCopied(pairs, id)))
            throw new InputException($"{id} must not be released: it holds members; the report of {run.Path} says how many");
        var utility = pairs is null ? measured.Utility.FirstOrDefault(figure => figure.Name == GridUtility.Name) : SegmentationFinding.F1Of(pairs, id);
        return new ReleaseSource(ReleaseKind.Dataset, study.Seed, guarantee, utility, ReleaseSource.Synthetic, [.. Figures(measured, utility)], folder =>
        {
            File.Copy(run.Sampling(id, SamplingStage.ResultName), Path.Combine(folder, SamplingStage.ResultName), overwrite: true);
            AtomicFile.WriteText(Path.Combine(folder, AuditName), JsonText.Write(new ReleaseAudit(study.Name, id, study.Seed, measured, pairs?.Tables ?? [])));
            return [SamplingStage.ResultName, AuditName];
        });
    }

    private static IEnumerable<string> Figures(MethodMetrics measured, Metric? utility)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"Records: {measured.Samples}.");
        if (utility is { Value: var value } && double.IsFinite(value)) yield return $"On real test records, a network that learnt from these alone: {utility.Name} {Verdict.Shown(utility)}.";
        foreach (var figure in measured.Memorisation.Where(figure => double.IsFinite(figure.Value))) yield return $"{figure.Name} {Verdict.Shown(figure)}: {figure.Note}.";
        foreach (var attack in ReleaseSource.Attacked(measured.Attacks)) yield return attack;
        if (measured.Attacks.Count > 0) yield return "A stronger attack may find more than those that were tried.";
        yield return $"All figures stand in `{AuditName}`.";
    }

    private static InputException Unfinished(RunDirectory run, string id) =>
        new($"{id} is not finished, measured and attacked; run: understudy run {run.StudyFile} --output {run.Path} --resume");
}
