using Understudy.Generation;
using Understudy.Generation.Evolution;
using Understudy.Studies.Grids;

namespace Understudy.Studies;

/// <summary>
/// Lists the reads of private data that no guarantee covers. Without differential privacy that is every read whose result can be seen in
/// what the run leaves behind.
/// </summary>
internal static class Unaccounted
{
    /// <summary>Those of a grid: what went into each release without noise, and what was read to measure.</summary>
    public static IReadOnlyList<UnaccountedRead> OfGrid(Study study, DataSummary data, GridMetrics grid)
    {
        var released = grid.Rows.Where(row => row.Guarantee is not null).SelectMany(row => row.Guarantee!.Uncovered.Select(what => new UnaccountedRead(row.Key.MethodAndBudget, what, "the release"))).Distinct();
        return
        [
            .. released,
            .. PublicFiles(study),
            new UnaccountedRead("whoever wrote the study", "choice of methods, budgets and options, if it rested on the data", "all releases"),
            new UnaccountedRead("whoever reads the report", "choice of one release by its figures here", "that release"),
            new UnaccountedRead("classification", "members, to train baselines without protection; test images, to measure utility", "figures"),
            new UnaccountedRead("fidelity", "members and non-members, to train the feature network and to compare samples with", "figures"),
            .. study.Attacks.Count > 0 || grid.Rows.Any(row => row.Auc is not null) ? [new UnaccountedRead("attacks", "members, non-members and reference images, to attack each release", "figures, scores.csv, roc.csv")] : Array.Empty<UnaccountedRead>(),
            .. study.Grid!.Shadows > 0 ? [new UnaccountedRead("shadows", "members and non-members, in runs of the whole pipeline on halves of them", "figures")] : Array.Empty<UnaccountedRead>(),
            .. study.Grid.Audit is not null ? [new UnaccountedRead("audit", "members, in trainings with canaries", "figures")] : Array.Empty<UnaccountedRead>(),
            .. OfSections(study, data),
        ];
    }

    public static IReadOnlyList<UnaccountedRead> Reads(Study study, DataSummary data, IReadOnlyDictionary<string, MethodMetrics> methods)
    {
        var reads = new List<UnaccountedRead>(PublicFiles(study));
        foreach (var (id, method) in methods)
        {
            if (method.Card.Guarantee != MethodCard.NoGuarantee)
            {
                reads.Add(new UnaccountedRead(id, "choice of options by whoever wrote the study, if it rested on the data", "model, samples"));
                continue;
            }
            reads.Add(new UnaccountedRead(id, $"{data.Members} members{(method.HasLabels ? " with their labels" : "")}, to train", "model, samples, losses"));
            if (method.HasLabels) reads.Add(new UnaccountedRead(id, "numbers of members in each class, to sample classes alike", "samples"));
        }
        reads.AddRange(study.Baselines.Select(baseline =>
            new UnaccountedRead(baseline.Id, "choice of options by whoever wrote the study, if it rested on the data", "figures of the baseline")));
        reads.Add(new UnaccountedRead("sampling", "some images of the test split, shown as they are", "report, grid.png of the real images"));
        if (data.Classes.Count > 0)
        {
            reads.Add(new UnaccountedRead("classification", $"{data.Members} members, to train the baseline without protection", "figures of the baseline"));
            reads.Add(new UnaccountedRead("classification", $"{data.Test} test images, to measure utility", "figures, predictions.csv"));
        }
        if (data.Classes.Count > 0 && study.Fidelity.AreTrained)
            reads.Add(new UnaccountedRead("fidelity", $"{data.Members} members, to train the feature network", "fidelity figures"));
        reads.Add(new UnaccountedRead("fidelity", $"{data.NonMembers} non-members, to compare the samples with", "fidelity figures"));
        reads.Add(new UnaccountedRead("memorisation", $"{data.Members} members and {data.NonMembers} non-members, to compare distances", "memorisation figures"));
        reads.AddRange(OfSections(study, data));
        if (study.Attacks.Count > 0)
        {
            reads.Add(new UnaccountedRead("attacks", $"{data.Members} members, {data.NonMembers} non-members and {data.Reference} reference images, to attack the samples",
                "attack figures, scores.csv, roc.csv"));
        }
        return reads;
    }

    /// <summary>Those of what a study asks for by a section.</summary>
    private static IEnumerable<UnaccountedRead> OfSections(Study study, DataSummary data)
    {
        if (study.Translations is not null)
            yield return new UnaccountedRead("translations", $"{data.Test} test images and the mean of {data.Members} members, to measure and show translations", "figures of translations, some test images as they are");
        if (study.Inversion is not null)
            yield return new UnaccountedRead("inversion", $"{data.Members} members, {data.NonMembers} non-members and {data.Test} test images, to look for their latent vectors", "figures of inversions, some images beside their reconstructions");
        if (study.Walk is not null)
            yield return new UnaccountedRead("walk", $"{data.Members} members, in classifiers of identity and of the task, inverted and averaged; {data.NonMembers} non-members and {data.Test} test images, to measure", "walks and means, figures of releases");
        if (study.Encodings is not null)
            yield return new UnaccountedRead("encodings", $"{data.Members} members, {data.NonMembers} non-members and {data.Test} test images, to measure codes and classifiers from few labels", "figures of codes");
        if (study.Edit is not null)
            yield return new UnaccountedRead("edit", $"{data.Members} members and {data.Test} test images, to train models that edit and attackers, and to measure and show edits", "models, figures and pictures of edits");
        if (study.Segmentation is not null)
            yield return new UnaccountedRead("segmentation", $"{data.Members} members, {data.NonMembers} non-members and {data.Test} test pairs, to train, test and compare", "figures of segmentation, some test pairs as they are");
    }

    /// <summary>What the study takes to be public. Were private records among it, or had they trained it, no guarantee would know.</summary>
    private static IEnumerable<UnaccountedRead> PublicFiles(Study study)
    {
        const string Public = "taken to be public; private records in it or in its training would be covered by nothing";
        foreach (var method in study.Methods)
        {
            if (method.Options is PrivateEvolutionOptions { Path.Length: > 0 } evolved) yield return new UnaccountedRead(method.Id, $"{Path.GetFileName(evolved.Path)}, {Public}", "samples");
        }
        foreach (var sampler in study.Grid?.Samplers ?? [])
        {
            if (sampler.Rejection is { NamesFile: true } rejection) yield return new UnaccountedRead(sampler.Id, $"{Path.GetFileName(rejection.Classifier)}, {Public}", "samples");
        }
        foreach (var classifier in study.Grid?.Classifiers ?? [])
        {
            if (classifier.Options.NamesFile) yield return new UnaccountedRead(classifier.Id, $"{Path.GetFileName(classifier.Options.Features)}, {Public}", "released classifiers");
        }
    }
}
