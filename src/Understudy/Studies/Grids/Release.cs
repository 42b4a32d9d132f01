using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Baselines;
using Understudy.Metrics;
using Understudy.Studies.Stages;

namespace Understudy.Studies.Grids;

/// <summary>What leaves the room: artefacts, data card, certificate and what the ledger holds about the data, in a folder of its own.</summary>
/// <param name="Id">Which cell of the grid.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Guarantee">What is guaranteed of it.</param>
/// <param name="Utility">Balanced accuracy on the test split.</param>
/// <param name="Files">The files, the card last.</param>
public sealed record Release(string Id, ReleaseKind Kind, ReleaseGuarantee Guarantee, Metric Utility, IReadOnlyList<string> Files)
{
    private const string CardName = "card.md";

    /// <summary>Writes one; nothing is written where it may not be released.</summary>
    /// <param name="run">The run.</param>
    /// <param name="id">Which cell of its grid.</param>
    /// <param name="folder">A folder that is not there yet.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InputException">There is no such cell, it is not finished, its claim is refuted, or the folder is there.</exception>
    public static Release Write(RunDirectory run, string id, string folder, TimeProvider time)
    {
        var study = run.Study(requireFiles: false);
        if (study.Grid is null) throw new InputException($"{run.Path} is a run without a grid, and releases are cells of one; its data sets stand in {run.Sampling("METHOD")}, its card in {run.CardFile}");
        var plan = GridPlan.Of(study);
        var release = plan.Releases.FirstOrDefault(one => one.Id == id)
            ?? throw new InputException($"the grid has no release '{id}'{NearestName.Hint(id, [.. plan.Releases.Select(one => one.Id)])}; it has {string.Join(", ", plan.Releases.Select(one => one.Id))}");
        var row = new GridCollector(run, study).Collect().Rows.FirstOrDefault(one => one.Key == release.Row);
        var cell = row?.Cells.FirstOrDefault(one => one.Id == id);
        if (cell?.Guarantee is null) throw new InputException($"{id} is not finished; run: understudy run {run.StudyFile} --output {run.Path} --resume");
        if (row!.IsRefuted) throw new InputException($"{id} must not be released: its claim is refuted, or it holds members; the report of {run.Path} says how");
        if (release.DataSet is { } data && Synthesizers.IsPlanted(data.Generator.Method.Name)) throw new InputException($"{id} must not be released: {data.Generator.Method.Name} leaks on purpose, to try attacks on");
        if (release is { Kind: ReleaseKind.Generator, DataSet: { } drawn } && drawn.Generator.Method.Name == KernelDensity.MethodCard.Name) throw new InputException($"{id} must not be released: the model of {KernelDensity.MethodCard.Name} is its records; release its data set");
        if (Path.Exists(folder)) throw new InputException($"{folder} is there already; name a new folder");
        var aside = folder + AtomicFile.TemporarySuffix;
        Directory.CreateDirectory(aside);
        try
        {
            var files = Copy(run, plan, release, aside);
            AtomicFile.WriteText(Path.Combine(aside, "certificate.json"), JsonText.Write(cell.Guarantee));
            AtomicFile.WriteText(Path.Combine(aside, "ledger.json"), Extract(run));
            var written = new Release(id, release.Kind, cell.Guarantee, cell.Utility, [.. files, "certificate.json", "ledger.json", CardName]);
            AtomicFile.WriteText(Path.Combine(aside, CardName), written.Card(row, cell, study, time));
            Directory.Move(aside, folder);
            return written;
        }
        catch
        {
            Directory.Delete(aside, recursive: true);
            throw;
        }
    }

    /// <summary>
    /// What the ledger holds, without what names the data: a hash of them would tell whoever knows all records but one which the last one is, and the chain of rows is made of it.
    /// </summary>
    private static string Extract(RunDirectory run)
    {
        var extract = JsonNode.Parse(File.ReadAllText(run.LedgerFile))!.AsObject();
        foreach (var name in new[] { "fingerprint", "rows", "head" })
        {
            if (!extract.Remove(name)) throw new InvalidOperationException($"the ledger's extract has no '{name}' to withhold");
        }
        return extract.ToJsonString(JsonText.Options);
    }

    private static string[] Copy(RunDirectory run, GridPlan plan, GridRelease release, string folder)
    {
        if (release.Kind == ReleaseKind.Dataset)
        {
            File.Copy(run.Sampling(release.DataSet!.Id, SamplingStage.ResultName), Path.Combine(folder, SamplingStage.ResultName), overwrite: true);
            return [SamplingStage.ResultName];
        }
        if (release.OutputNoise > 0) throw new InputException($"{release.Id} protects answers by noise, and who has the network has them without: keep it, and serve its answers; it cannot be written");
        // Checkpoints hold optimisers and counters besides the weights; only models are released.
        var model = release.Kind is ReleaseKind.Generator or ReleaseKind.Networks
            ? run.Generation(release.DataSet!.Generator.Id, GenerationStage.ModelName)
            : run.Classification((release.Classifier ?? new GridUtility(run, plan).Chosen(release)!).Id, GridClassification.ModelName);
        if (!Directory.Exists(model)) throw new InputException($"{release.Id} has no model that can be written: classifiers other than networks are not saved; release its data set, or choose a network");
        Directory.CreateDirectory(Path.Combine(folder, "model"));
        var files = Directory.EnumerateFiles(model).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).ToArray();
        foreach (var file in files) File.Copy(Path.Combine(model, file), Path.Combine(folder, "model", file), overwrite: true);
        if (release.Kind == ReleaseKind.Networks)
        {
            var discriminator = run.Generation(release.DataSet!.Generator.Id, GenerationStage.DiscriminatorName, DiscriminatorFile.Name);
            File.Copy(discriminator, Path.Combine(folder, "model", DiscriminatorFile.Name), overwrite: true);
            files = [.. files, DiscriminatorFile.Name];
        }
        return [.. files.Select(file => $"model/{file}")];
    }

    private string Made(GridRow row) => (Kind, row.Key.Sampler) switch
    {
        (ReleaseKind.Classifier, null) => "It was trained on the real records themselves.",
        (ReleaseKind.Classifier, _) => "It was trained on synthetic images.",
        _ => "Its images are synthetic; that none of them is like a real one is not promised.",
    };

    private string Card(GridRow row, GridCell cell, Study study, TimeProvider time)
    {
        var text = new StringBuilder();
        Line($"# Data card: {Id}");
        Line();
        Line(string.Create(CultureInfo.InvariantCulture, $"A {(Kind == ReleaseKind.Networks ? "generator with its discriminator" : Kind.ToString().ToLowerInvariant())} made by Understudy from the study {study.Name}, written on {time.GetUtcNow():yyyy-MM-dd}. {Made(row)}"));
        Line();
        Line("## Certificate");
        Line();
        Line($"- Guarantee: {Guarantee.Claim}.");
        foreach (var part in Guarantee.Parts) Line(string.Create(CultureInfo.InvariantCulture, $"- Part of it: {part.What} of {part.Name}, ε = {part.Epsilon:0.######} alone."));
        foreach (var read in Guarantee.Uncovered) Line($"- Covered by no guarantee: {read}.");
        Line("- Covered by no guarantee: the choice of this release among others, as far as it rested on figures measured on the data; and the choice of methods and options.");
        Line("- Whoever makes several releases of the same data pays for all of them together; `ledger.json` holds everything that all runs have spent on them.");
        Line();
        Line("## Figures");
        Line();
        Line($"- Balanced accuracy on real test images: {Verdict.Shown(cell.Utility)}.");
        foreach (var attack in cell.Attacks)
            Line($"- {attack.Name} ({attack.Members} members, {attack.NonMembers} non-members): {string.Join(", ", attack.Metrics.Where(metric => double.IsFinite(metric.Value)).Take(2).Select(metric => $"{metric.Name} {Verdict.Shown(metric)}"))}.");
        if (row.Shown is { } shown) Line(string.Create(CultureInfo.InvariantCulture, $"- The attacks that were tried show an ε of at least {shown:0.###}. A stronger attack may find more."));
        return text.ToString();

        void Line(string line = "") => text.Append(line).Append('\n');
    }
}
