using Understudy.Data;
using Understudy.Metrics;
using Understudy.Studies.Stages;

namespace Understudy.Studies.Grids;

/// <summary>Utility from what classifiers answered on the test split, record by record, so that two can be compared on the same records.</summary>
/// <param name="run">The run.</param>
/// <param name="plan">Its grid.</param>
internal sealed class GridUtility(RunDirectory run, GridPlan plan)
{
    public const string Name = "balanced accuracy";

    private readonly Dictionary<string, Answers?> _answers = [];

    /// <summary>[N] classes of the test records; null while no classifier has answered.</summary>
    public int[]? Labels { get; private set; }

    /// <summary>[N] the share of a release's classifiers that recognise each test record; null while there are none.</summary>
    public double[]? Of(GridRelease release)
    {
        var classifiers = Classifiers(release).Select(Test).OfType<Answers>().ToArray();
        if (classifiers.Length == 0) return null;
        var noise = release.OutputNoise > 0 ? ReleaseAttacks.Noise(release) : null;
        return Mean([.. classifiers.Select(answers => Right(noise is null ? answers : answers with { Probabilities = noise.Apply(answers.Probabilities, answers.Classes) }))]);
    }

    /// <summary>[N] whether a classifier recognises each test record; null while it has not answered.</summary>
    public double[]? Of(GridClassifier classifier) => Test(classifier) is { } answers ? Right(answers) : null;

    /// <summary>The classifier that was chosen for a release; null where there was no choice, or not yet.</summary>
    public GridClassifier? Chosen(GridRelease release)
    {
        var path = run.Classification(release.Id, SelectionStage.ResultName);
        if (release.Selection is null || !File.Exists(path)) return null;
        var id = JsonText.Read<string>(path);
        return plan.Classifiers.First(classifier => classifier.Id == id);
    }

    /// <summary>The mean over seeds, of which each has [N] figures of the same test records; NaN without any.</summary>
    public Metric Metric(string name, IReadOnlyList<double[]> seeds)
    {
        if (seeds.Count == 0) return new Metric(name, double.NaN, Note: "not measured");
        var over = ClassMean.Over([.. seeds.Select(figures => ClassMean.Of(figures, Labels!))], ClassMean.Of(Mean(seeds), Labels!));
        return new Metric(name, over.Value, Interval.Normal(over.Value, over.StandardError));
    }

    /// <summary>[N] the mean of each record's figures.</summary>
    public static double[] Mean(IReadOnlyList<double[]> all) => [.. Enumerable.Range(0, all[0].Length).Select(i => all.Average(figures => figures[i]))];

    private IEnumerable<GridClassifier> Classifiers(GridRelease release) => release switch
    {
        { Classifier: { } one } => [one],
        { Selection: not null } => Chosen(release) is { } chosen ? [chosen] : [],
        _ => plan.Classifiers.Where(classifier => classifier.DataSet == release.DataSet),
    };

    private Answers? Test(GridClassifier classifier)
    {
        if (_answers.TryGetValue(classifier.Id, out var known)) return known;
        var path = run.Classification(classifier.Id, GridClassification.AnswersName);
        var answers = File.Exists(path) ? ClassifierAnswers.Load(path).Test : null;
        Labels ??= answers?.Labels;
        return _answers[classifier.Id] = answers;
    }

    private static double[] Right(Answers answers) => [.. answers.Right().Select(right => right ? 1.0 : 0.0)];
}
