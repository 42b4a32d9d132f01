using Understudy.Attacks.Classifiers;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Privacy.Ledger;
using Understudy.Studies.Grids;
using Understudy.Torch;
using Understudy.Torch.Serialization;
using Understudy.Training;
using Understudy.Training.Private;

namespace Understudy.Studies.Stages;

/// <summary>Runs the whole pipeline behind a classifier again and again, on halves of the candidates, for the attacks that compare with such runs.</summary>
/// <remarks>The runs are measurement and leave the room only as the attacks' figures, so that a ledger of their own counts them.</remarks>
/// <param name="context">The run, from the classifier's seed.</param>
/// <param name="plan">The grid.</param>
internal sealed class ShadowStage(StageContext context, GridPlan plan)
{
    public const string ResultName = "shadows.pt";

    /// <summary>Whether a classifier's runs are asked for: those of the first seed, without a private baseline's.</summary>
    public static bool IsAsked(Study study, GridPlan plan, GridClassifier classifier) =>
        study.Grid!.Shadows > 0 && classifier.Section is not null && classifier.Seed == plan.Classifiers[0].Seed && classifier.DataSet is null or { Sampler: not null };

    public void Run(GridClassifier classifier, IProgress<StageProgress> progress)
    {
        context.Private.Unaccounted("members and non-members, in shadow runs of the whole pipeline", "measurement");
        var (members, nonMembers) = ReleaseAttacks.Candidates(context);
        var candidates = ImageSet.Concat(context.Splits.Members.Subset(members), context.Splits.NonMembers.Subset(nonMembers));
        var reference = context.Splits.Reference;
        var folder = Directory.CreateDirectory(context.Run.Attack(classifier.Id, "shadows")).FullName;
        var count = context.Study.Grid!.Shadows;
        var population = new double[reference.Count * count];
        var model = 0;
        using var ledger = PrivacyLedger.Open(Path.Combine(folder, "ledger.db"), context.Time);
        var shadows = ShadowRuns.Run(candidates, count, new FitContext(folder, context.Study.Seed, progress, context.Cancellation), (training, inner) =>
        {
            Directory.CreateDirectory(inner.Directory);
            using var trained = Train(classifier, training, inner, ledger);
            var known = ReleasedClassifier.Of(trained.Probabilities(reference), reference.Labels!);
            for (var i = 0; i < known.Length; i++) population[(i * count) + model] = known[i];
            progress.Report(new StageProgress("shadows", classifier.Id, ++model, count, new Dictionary<string, double>()));
            return trained.Probabilities(candidates);
        });
        Save(context.Run.Attack(classifier.Id, ResultName), shadows, population, count);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>φ of the candidates and p of the reference images by the runs; null where there are none.</summary>
    public (ModelScores Shadows, ModelScores Population)? Load(GridClassifier classifier)
    {
        var path = context.Run.Attack(classifier.Id, ResultName);
        if (!IsAsked(context.Study, plan, classifier) || !File.Exists(path)) return null;
        using var scope = new TensorScope();
        var state = StateDictionary.Load(path);
        var count = (int)state["scores"].Size(1);
        var population = state["population"].ToArray<double>();
        return (
            new ModelScores(state["scores"].ToArray<double>(), Array.ConvertAll(state["included"].ToArray<long>(), value => value == 1), count),
            new ModelScores(population, new bool[population.Length], count));
    }

    private DownstreamClassifier Train(GridClassifier classifier, ImageSet training, FitContext inner, PrivacyLedger ledger)
    {
        var options = classifier.Section!.Options;
        if (classifier.DataSet is not { Sampler: { } sampler } data) return DownstreamClassifier.Train("shadow", training, options, inner);
        PrivateData<ImageSet> Door(string what) => new(training, training.Count, context.Private.Measurement, ledger, $"{inner.Directory}/{what}");
        var synthesizer = GenerationStage.Create(context, data.Generator.Method);
        using var owned = synthesizer as IDisposable;
        synthesizer.Fit(Door("generator"), inner with { Directory = Directory.CreateDirectory(Path.Combine(inner.Directory, "generator")).FullName });
        var drawing = new DataSetDrawing(synthesizer, sampler, Door("sampler"), context.Splits.Reference, plan.Sections[0].Options, inner);
        var samples = drawing.Draw(DataSetStage.Count(context, sampler));
        return DownstreamClassifier.Train("shadow", samples, options, inner);
    }

    private static void Save(string path, ModelScores shadows, double[] population, int count)
    {
        using var scope = new TensorScope();
        var rows = Enumerable.Range(0, shadows.Records).ToArray();
        double[] scores = [.. rows.SelectMany(i => shadows.Row(i).ToArray())];
        long[] included = [.. rows.SelectMany(i => shadows.Included(i).ToArray()).Select(value => value ? 1L : 0)];
        new StateDictionary
        {
            { "scores", Tensor.From(scores, shadows.Records, count) },
            { "included", Tensor.From(included, shadows.Records, count) },
            { "population", Tensor.From(population, population.Length / count, count) },
        }.Save(path);
    }
}
