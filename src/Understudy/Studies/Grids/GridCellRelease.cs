using System.Globalization;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Generation.Baselines;
using Understudy.Studies.Releases;
using Understudy.Studies.Stages;

namespace Understudy.Studies.Grids;

/// <summary>Finds the cell of a grid that is to be released.</summary>
internal static class GridCellRelease
{
    /// <exception cref="InputException">There is no such cell, it is not finished, its claim is refuted, or it holds members.</exception>
    public static ReleaseSource Of(RunDirectory run, Study study, string id)
    {
        var plan = GridPlan.Of(study);
        var release = plan.Releases.FirstOrDefault(one => one.Id == id)
            ?? throw new InputException($"the grid has no release '{id}'{NearestName.Hint(id, [.. plan.Releases.Select(one => one.Id)])}");
        var row = new GridCollector(run, study).Collect().Rows.FirstOrDefault(one => one.Key == release.Row);
        var cell = row?.Cells.FirstOrDefault(one => one.Id == id);
        if (cell?.Guarantee is null) throw new InputException($"{id} is not finished; run: understudy run {run.StudyFile} --output {run.Path} --resume");
        if (row!.IsRefuted) throw new InputException($"{id} must not be released: its claim is refuted, or it holds members; the report of {run.Path} says how");
        if (release.DataSet is { } data) Release.RefusePlanted(id, data.Generator.Method.Name);
        if (release is { Kind: ReleaseKind.Generator, DataSet: { } drawn } && drawn.Generator.Method.Name == KernelDensity.MethodCard.Name) throw new InputException($"{id} must not be released: the model of {KernelDensity.MethodCard.Name} is its records; release its data set");
        return new ReleaseSource(release.Kind, release.Seed, cell.Guarantee, cell.Utility, Made(release), [.. Figures(row, cell)], folder => Copy(run, plan, release, folder));
    }

    private static IEnumerable<string> Figures(GridRow row, GridCell cell)
    {
        yield return $"Balanced accuracy on real test images: {Verdict.Shown(cell.Utility)}.";
        foreach (var attack in ReleaseSource.Attacked(cell.Attacks)) yield return attack;
        if (row.Shown is { } shown) yield return string.Create(CultureInfo.InvariantCulture, $"The attacks that were tried show an ε of at least {shown:0.###}. A stronger attack may find more.");
    }

    private static string Made(GridRelease release) => release switch
    {
        { Kind: ReleaseKind.Classifier, DataSet: null } => "It was trained on the real records themselves.",
        { Kind: ReleaseKind.Classifier } => "It was trained on synthetic images.",
        _ => ReleaseSource.Synthetic,
    };

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
        // Methods of two stages keep the model of each in a folder of its own.
        var files = Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(model, file))
            .Where(file => Path.GetDirectoryName(file) != Synthesizer.UnreleasedFolder).Order(StringComparer.Ordinal).ToArray();
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, "model", file))!);
            File.Copy(Path.Combine(model, file), Path.Combine(folder, "model", file), overwrite: true);
        }
        if (release.Kind == ReleaseKind.Networks)
        {
            var discriminator = run.Generation(release.DataSet!.Generator.Id, GenerationStage.DiscriminatorName, DiscriminatorFile.Name);
            File.Copy(discriminator, Path.Combine(folder, "model", DiscriminatorFile.Name), overwrite: true);
            files = [.. files, DiscriminatorFile.Name];
        }
        return [.. files.Select(file => $"model/{file}")];
    }
}
