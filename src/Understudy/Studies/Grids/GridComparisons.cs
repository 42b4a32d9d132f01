using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Studies.Grids;

/// <summary>Compares the rows of a grid with one another.</summary>
/// <param name="plan">The grid.</param>
/// <param name="utility">What classifiers answered.</param>
/// <param name="rows">The rows.</param>
internal sealed class GridComparisons(GridPlan plan, GridUtility utility, IReadOnlyList<GridRow> rows)
{
    private const int Draws = 200;
    private readonly ILookup<GridRowKey, GridRelease> _releases = plan.Releases.ToLookup(release => release.Row);

    /// <summary>
    /// Every sampler against the first, every output noise against none, every classifier with a mitigation against the same one without, every private baseline against training without protection.
    /// </summary>
    public IReadOnlyList<GridComparison> Mitigations()
    {
        var first = plan.Samplers[0].Id;
        var found = new List<GridComparison>();
        foreach (var row in rows)
        {
            var key = row.Key;
            if (key.Sampler is not null && key.Sampler != first && key.Release == ReleaseKind.Dataset) Compare(key.Sampler, key, key with { Sampler = first });
            if (key.Mitigation is not null && (key.Sampler is null || key.Sampler == first)) Compare(key.Mitigation, key, key with { Mitigation = null });
            if (key is { Release: ReleaseKind.Classifier, Mitigation: null } && (key.Sampler is null || key.Sampler == first)
                && plan.Sections.FirstOrDefault(section => section.Id == key.Classifier) is { Mitigation.Length: > 0 } mitigated)
            {
                foreach (var section in plan.Sections.Where(section => section.Options == mitigated.Unmitigated)) Compare(mitigated.Mitigation, key, key with { Classifier = section.Id });
            }
            if (key is { Classifier: "dp-sgd", Mitigation: null })
            {
                foreach (var section in plan.Sections.Take(1)) Compare("DP-SGD", key, new GridRowKey(Label.Real, null, null, ReleaseKind.Classifier, section.Id, null));
            }
        }
        return found;

        void Compare(string mitigation, GridRowKey with, GridRowKey without)
        {
            var (a, b) = (rows.FirstOrDefault(row => row.Key == with), rows.FirstOrDefault(row => row.Key == without));
            if (a is null || b is null) return;
            var pairs = _releases[with].Join(_releases[without], release => release.Seed, release => release.Seed, (one, other) => (utility.Of(one), utility.Of(other)))
                .Where(pair => pair is (not null, not null)).Select(pair => (double[])[.. pair.Item1!.Zip(pair.Item2!, (x, y) => x - y)]).ToArray();
            found.Add(new GridComparison(mitigation, with.Title, without.Title, utility.Metric("change in balanced accuracy", pairs), Difference(a.Auc, b.Auc)));
        }
    }

    /// <summary>Utility by classifier, of real data and of every data set.</summary>
    public IReadOnlyList<ClassifierRow> ByClassifier() =>
        [.. plan.Classifiers.Where(classifier => classifier.Section is not null).GroupBy(Title)
            .Select(group => new ClassifierRow(group.Key, group.GroupBy(classifier => classifier.Base).ToDictionary(same => same.Key, same => utility.Metric(GridUtility.Name, Right(same)))))
            .Where(row => row.Utility.Values.Any(metric => double.IsFinite(metric.Value)))];

    /// <summary>Whether data sets rank the classifiers as the real data do, with intervals over test records.</summary>
    public IReadOnlyList<RankRow> Ranks(ulong seed)
    {
        if (plan.Sections.Count < 3) return [];
        var byData = plan.Classifiers.Where(classifier => classifier.Section is not null).GroupBy(Title).ToDictionary(
            group => group.Key, group => plan.Sections.Select(section => Right(group.Where(classifier => classifier.Base == section.Id))).ToArray());
        var real = byData[Title(plan.Classifiers[0])];
        if (real.Any(seeds => seeds.Count == 0)) return [];
        return [.. byData.Where(pair => pair.Key != Title(plan.Classifiers[0]) && pair.Value.All(seeds => seeds.Count > 0)).Select(pair => Rank(pair.Key, real, pair.Value, seed))];
    }

    private RankRow Rank(string title, IReadOnlyList<double[]>[] real, IReadOnlyList<double[]>[] synthetic, ulong seed)
    {
        double[][] x = [.. real.Select(GridUtility.Mean)], y = [.. synthetic.Select(GridUtility.Mean)];
        int[] all = [.. Enumerable.Range(0, x[0].Length)];
        var (kendall, spearman) = Correlate(all);
        var draws = Enumerable.Range(0, Draws).Select(b =>
        {
            var random = SplitMix64.ForDraw(Seed.Derive(seed, "ranks"), b);
            return Correlate([.. all.Select(_ => random.NextInt(all.Length))]);
        }).ToArray();
        return new RankRow(title, x.Length, Shown("Kendall's τ", kendall, draws.Select(draw => draw.Kendall)), Shown("Spearman's ρ", spearman, draws.Select(draw => draw.Spearman)));

        (double Kendall, double Spearman) Correlate(int[] records)
        {
            int[] labels = [.. records.Select(i => utility.Labels![i])];
            double[] Scores(double[][] right) => [.. right.Select(figures => ClassMean.Of((double[])[.. records.Select(i => figures[i])], labels).Value)];
            double[] a = Scores(x), b = Scores(y);
            return (RankCorrelation.Kendall(a, b), RankCorrelation.Spearman(a, b));
        }
    }

    private static Metric Shown(string name, double value, IEnumerable<double> draws)
    {
        var finite = draws.Where(double.IsFinite).Order().ToArray();
        return double.IsFinite(value) && finite.Length > Draws / 2
            ? new Metric(name, value, new Interval(finite[(int)(0.025 * (finite.Length - 1))], finite[(int)(0.975 * (finite.Length - 1))]))
            : new Metric(name, value, Note: "the classifiers do alike");
    }

    private IReadOnlyList<double[]> Right(IEnumerable<GridClassifier> classifiers) => [.. classifiers.Select(utility.Of).OfType<double[]>()];

    private static string Title(GridClassifier classifier) => classifier.DataSet is { } data
        ? $"{new GridRowKey(data.Generator.Base, data.Generator.Budget, null, default, null, null).MethodAndBudget}, {data.Sampler?.Id ?? "all that is drawn"}"
        : BaselineMetrics.RealTitle;

    private static Metric? Difference(Metric? a, Metric? b)
    {
        if (a is null || b is null) return null;
        var change = a.Value - b.Value;
        if (a.Interval is not { } one || b.Interval is not { } other) return new Metric("change in AUC", change);
        var error = Math.Sqrt(Math.Pow(Half(one), 2) + Math.Pow(Half(other), 2));
        return new Metric("change in AUC", change, Interval.Normal(change, error));

        static double Half(Interval interval) => (interval.Upper - interval.Lower) / 2 / Distributions.TwoSidedQuantile(interval.Level);
    }
}
