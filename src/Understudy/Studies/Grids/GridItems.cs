using Understudy.Data;
using Understudy.Studies.Stages;

namespace Understudy.Studies.Grids;

/// <summary>The pieces of work of a grid, each after those that it needs. It follows from the study alone, so that every process makes the same list.</summary>
internal static class GridItems
{
    public const string Shadows = "shadows";
    public const string Selection = "selection";
    public const string Audit = "audit";
    public const string Features = "features";

    public static IReadOnlyList<GridItem> Of(Study study, GridPlan plan, RunDirectory run)
    {
        var items = new List<GridItem>();
        var measured = study.Fidelity.AreTrained ? [GridItem.Of(Features, Label.Real)] : Array.Empty<string>();
        foreach (var generator in plan.Generators)
        {
            items.Add(new(GenerationStage.Name, generator.Id, generator.Base, generator.Seed, run.Generation(generator.Id, GenerationStage.ResultName), [],
                (context, progress) => new GenerationStage(context).Fit(generator.Method, progress)));
        }
        if (study.Fidelity.AreTrained)
        {
            items.Add(new(Features, Label.Real, Features, study.Seed, run.Classification(Label.Real, ClassificationStage.ResultName), [],
                (context, progress) =>
                {
                    ClassificationStage.Baseline(context, progress).Dispose();
                    new ClassificationStage(context).MeasureReal();
                }));
        }
        foreach (var (sampler, seed) in plan.DataSets.Where(data => data.Sampler?.Plan is not null).Select(data => (Sampler: data.Sampler!, data.Generator.Seed)).Distinct())
        {
            var subject = PlanClassifiers.Subject(sampler, seed);
            items.Add(new(PlanClassifiers.Name, subject, PlanClassifiers.Name, seed, run.Classification(subject, PlanClassifiers.ResultName), [],
                (context, progress) => new DataSetStage(context, plan).Learn(sampler, progress)));
        }
        foreach (var data in plan.DataSets)
        {
            items.Add(new(SamplingStage.Name, data.Id, $"{data.Generator.Base} {data.Sampler?.Id}", data.Generator.Seed, run.Sampling(data.Id, SamplingStage.ResultName),
                [GridItem.Of(GenerationStage.Name, data.Generator.Id), .. Walked(data)], (context, progress) => new DataSetStage(context, plan).Draw(data, progress)));
        }
        items.AddRange(plan.Classifiers.Select(classifier => new GridItem(ClassificationStage.Name, classifier.Id, classifier.Base, classifier.Seed,
            run.Classification(classifier.Id, ClassificationStage.ResultName),
            classifier.DataSet is { } data ? [GridItem.Of(SamplingStage.Name, data.Id)] : [],
            (context, progress) => new GridClassification(context, plan).Train(classifier, progress))));
        items.AddRange(plan.DataSets.Where(data => data.Sampler is not null).Select(data => new GridItem(FidelityStage.Name, data.Id, FidelityStage.Name, data.Generator.Seed,
            run.Fidelity(data.Id, FidelityStage.ResultName), [GridItem.Of(SamplingStage.Name, data.Id), .. measured],
            (context, progress) => new FidelityStage(context).Measure(data.Id, () => NpzFile.Read(run.Sampling(data.Id, SamplingStage.ResultName)).Train, progress))));
        foreach (var release in plan.Releases.Where(release => release.Selection is not null))
        {
            items.Add(new(Selection, release.Id, Selection, release.Seed, run.Classification(release.Id, SelectionStage.ResultName),
                [.. plan.Classifiers.Where(classifier => classifier.DataSet == release.DataSet).Select(classifier => GridItem.Of(ClassificationStage.Name, classifier.Id))],
                (context, _) => new SelectionStage(context, plan).Choose(release)));
        }
        items.AddRange(plan.Classifiers.Where(classifier => ShadowStage.IsAsked(study, plan, classifier)).SelectMany(classifier => Models(study).Select(model => new GridItem(
            Shadows, ShadowOf(classifier, model), $"{classifier.DataSet?.Generator.Base} {classifier.Base}", classifier.Seed, ShadowStage.Result(run, classifier, model), [],
            (context, progress) => new ShadowStage(context, plan).Run(classifier, model, progress)))));
        items.AddRange(Attacks(study, plan, run));
        if (study.Grid!.Audit is { } audit)
        {
            items.AddRange(plan.Audited.Select(generator => new GridItem(Audit, generator.Id, generator.Base, generator.Seed, run.Audit(generator.Id, AuditStage.ResultName), [],
                (context, progress) => new AuditStage(context).Run(generator, progress))));
            items.AddRange(plan.AuditedBaselines.SelectMany(baseline => audit.Baselines.Select(kind => new GridItem(
                Audit, AuditOf(baseline, kind), $"{baseline.Base} {kind}", baseline.Seed, run.Audit(AuditOf(baseline, kind), AuditStage.ResultName), [],
                (context, progress) => new BaselineAuditStage(context).Run(baseline, kind, progress)))));
        }
        return items;
    }

    private static string[] Walked(GridDataSet data) =>
        data.Sampler?.Plan is null ? [] : [GridItem.Of(PlanClassifiers.Name, PlanClassifiers.Subject(data.Sampler, data.Generator.Seed))];

    private static IEnumerable<int> Models(Study study) => Enumerable.Range(0, study.Grid!.Shadows);

    private static string ShadowOf(GridClassifier classifier, int model) => $"{classifier.Id}~{model}";

    /// <summary>The name of an audit of a private baseline.</summary>
    public static string AuditOf(GridClassifier baseline, CanaryKind kind) => $"{baseline.Id}~{kind.ToString().ToLowerInvariant()}";

    private static IEnumerable<GridItem> Attacks(Study study, GridPlan plan, RunDirectory run) => plan.Attacked(study).Select(release => new GridItem(
        AttackStage.Name,
        release.Id,
        release.Kind.ToString(),
        release.Seed,
        run.Attack(release.Id, ReleaseAttacks.DoneName),
        release.Classifier is not { } classifier ? [GridItem.Of(SamplingStage.Name, release.DataSet!.Id)]
            : ShadowStage.IsAsked(study, plan, classifier) ? [GridItem.Of(ClassificationStage.Name, classifier.Id), .. Models(study).Select(model => GridItem.Of(Shadows, ShadowOf(classifier, model)))]
            : [GridItem.Of(ClassificationStage.Name, classifier.Id)],
        (context, _) => new ReleaseAttacks(context, plan).Run(release)));
}
