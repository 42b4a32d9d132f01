using System.Globalization;
using Understudy.Generation;
using Understudy.Studies.Yaml;

namespace Understudy.Studies.Grids;

/// <summary>What the grid of a study amounts to: what is trained, drawn, classified and released. It follows from the study alone.</summary>
internal sealed class GridPlan
{
    private const string EpsilonOption = "Epsilon";

    private GridPlan(Study study, GridSection grid)
    {
        var seeds = grid.Seeds.Count > 0 ? grid.Seeds : [study.Seed];
        Samplers = grid.Samplers.Count > 0 ? grid.Samplers : [new SamplerSection { Id = "plain" }];
        Sections = grid.Classifiers.Count > 0 ? grid.Classifiers : [new ClassifierSection(study.Classification.Network.ToString().ToLowerInvariant(), study.Classification)];
        Generators = [.. study.Methods.SelectMany(method => WithBudgets(method.Options, grid).SelectMany(one => seeds.Select(seed =>
        {
            var id = Named(method.Id, one.Budget, grid, seed);
            return new GridGenerator(id, new MethodSection(id, method.Name, one.Options), method.Id, one.Budget, seed);
        })))];
        DataSets =
        [
            .. Generators.SelectMany(generator => Samplers.Select(sampler => new GridDataSet($"{generator.Id}+{sampler.Id}", generator, sampler))),
            .. Generators.Where(generator => NetworkReleases(generator, grid).Any()).Select(generator => new GridDataSet($"{generator.Id}~all", generator, null)),
        ];
        Classifiers =
        [
            .. seeds.SelectMany(seed => Sections.Select(section => new GridClassifier($"{Label.Real}+{section.Id}+s{seed}", null, section, null, section.Id, seed))),
            .. study.Baselines.SelectMany(baseline => WithBudgets(baseline.Options, grid).SelectMany(one => seeds.Select(seed =>
            {
                var id = Named(baseline.Id, one.Budget, grid, seed);
                return new GridClassifier(id, null, null, new BaselineSection(id, baseline.Name, (Classification.DpSgdOptions)one.Options), baseline.Id, seed);
            }))),
            .. DataSets.SelectMany(data => Sections.Select(section => new GridClassifier($"{data.Id}+{section.Id}", data, section, null, section.Id, data.Generator.Seed))),
        ];
        Releases = [.. AllReleases(grid)];
    }

    /// <summary>The samplers.</summary>
    public IReadOnlyList<SamplerSection> Samplers { get; }

    /// <summary>The classifiers that are trained on every data set.</summary>
    public IReadOnlyList<ClassifierSection> Sections { get; }

    /// <summary>Trainings of methods.</summary>
    public IReadOnlyList<GridGenerator> Generators { get; }

    /// <summary>Data sets drawn from them.</summary>
    public IReadOnlyList<GridDataSet> DataSets { get; }

    /// <summary>Classifiers, those trained on the members first.</summary>
    public IReadOnlyList<GridClassifier> Classifiers { get; }

    /// <summary>The cells.</summary>
    public IReadOnlyList<GridRelease> Releases { get; }

    /// <summary>The trainings with a claim to audit: one of each method and budget.</summary>
    public IEnumerable<GridGenerator> Audited => Generators.Where(generator => generator.Budget is not null).GroupBy(generator => (generator.Base, generator.Budget)).Select(group => group.First());

    /// <summary>The private baselines that are audited where that is asked for: one of each budget.</summary>
    public IEnumerable<GridClassifier> AuditedBaselines =>
        Classifiers.Where(classifier => classifier.Baseline is not null).GroupBy(classifier => (classifier.Base, classifier.Baseline!.Options.Epsilon)).Select(group => group.First());

    /// <summary>The releases that are attacked as such; a classifier that is chosen among several is attacked as the one it is.</summary>
    public IEnumerable<GridRelease> Attacked(Study study) => Releases.Where(release => release.Selection is null && (release.Kind == ReleaseKind.Classifier || study.Attacks.Count > 0))
        .Concat(study.Grid!.Selection is null || study.Grid.Releases.Contains(ReleaseKind.Classifier) ? []
            : Classifiers.Where(classifier => classifier.DataSet?.Sampler is not null).Select(classifier => new GridRelease(classifier.Id, ReleaseKind.Classifier, classifier.DataSet, classifier)));

    /// <summary>The plan of a study that has a grid.</summary>
    public static GridPlan Of(Study study) => new(study, study.Grid ?? throw new ArgumentException("the study has no grid", nameof(study)));

    private static string Named(string id, double? budget, GridSection grid, ulong seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}{(budget is { } epsilon && grid.Budgets.Count > 0 ? $"+e{epsilon}" : "")}+s{seed}");

    /// <summary>Options with each budget in turn, or as they are where they take none.</summary>
    private static IEnumerable<(double? Budget, object Options)> WithBudgets(object options, GridSection grid)
    {
        if (!YamlBinder.Keys(options.GetType()).Values.Any(property => property.Name == EpsilonOption && property.PropertyType == typeof(double))) return [(null, options)];
        var own = (double)options.GetType().GetProperty(EpsilonOption)!.GetValue(options)!;
        return grid.Budgets.Count == 0 ? [(own, options)] : grid.Budgets.Select(epsilon => ((double?)epsilon, With(options, epsilon)));
    }

    private static object With(object options, double epsilon)
    {
        var copy = Activator.CreateInstance(options.GetType())!;
        foreach (var property in YamlBinder.Keys(options.GetType()).Values) property.SetValue(copy, property.Name == EpsilonOption ? epsilon : property.GetValue(options));
        return copy;
    }

    private IEnumerable<GridRelease> AllReleases(GridSection grid)
    {
        var isAsked = grid.Releases.Contains(ReleaseKind.Classifier);
        foreach (var classifier in Classifiers.Where(classifier => classifier.DataSet is null))
        {
            foreach (var release in OfClassifier(classifier, isAsked ? grid.OutputNoise : [])) yield return release;
        }
        foreach (var data in DataSets)
        {
            if (data.Sampler is null)
            {
                foreach (var release in NetworkReleases(data.Generator, grid)) yield return new GridRelease(release == ReleaseKind.Generator ? data.Id : $"{data.Generator.Id}~networks", release, data, null);
            }
            else if (grid.Releases.Contains(ReleaseKind.Dataset)) yield return new GridRelease(data.Id, ReleaseKind.Dataset, data, null);
            if (data.Sampler is null) continue;
            if (isAsked)
            {
                foreach (var release in Classifiers.Where(classifier => classifier.DataSet == data).SelectMany(classifier => OfClassifier(classifier, grid.OutputNoise))) yield return release;
            }
            foreach (var mode in grid.Selection?.Modes ?? [])
                yield return new GridRelease($"{data.Id}~{mode.ToString().ToLowerInvariant()}", ReleaseKind.Classifier, data, null, mode);
        }
    }

    /// <summary>The releases of a method's networks that are asked for and that it can make.</summary>
    private static IEnumerable<ReleaseKind> NetworkReleases(GridGenerator generator, GridSection grid) => grid.Releases.Where(kind =>
        kind == ReleaseKind.Generator || (kind == ReleaseKind.Networks && Synthesizers.Get(generator.Method.Name).JudgesImages));

    private static IEnumerable<GridRelease> OfClassifier(GridClassifier classifier, IReadOnlyList<double> noises) =>
        noises.Prepend(0).Select(noise => new GridRelease(
            noise > 0 ? string.Create(CultureInfo.InvariantCulture, $"{classifier.Id}~{noise}") : classifier.Id, ReleaseKind.Classifier, classifier.DataSet, classifier, OutputNoise: noise));
}
