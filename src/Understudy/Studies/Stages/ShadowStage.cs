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
    private const string Scores = "scores";
    private const string Population = "population";

    /// <summary>Whether a classifier's runs are asked for: those of the first seed, without a private baseline's.</summary>
    public static bool IsAsked(Study study, GridPlan plan, GridClassifier classifier) =>
        study.Grid!.Shadows > 0 && classifier.Section is not null && classifier.Seed == plan.Classifiers[0].Seed && classifier.DataSet is null or { Sampler: not null };

    /// <summary>What one run says.</summary>
    public static string Result(RunDirectory run, GridClassifier classifier, int model) =>
        run.Attack(classifier.Id, "shadows", FormattableString.Invariant($"{model:000}.pt"));

    /// <summary>One of the runs.</summary>
    public void Run(GridClassifier classifier, int model, IProgress<StageProgress> progress)
    {
        context.Private.Unaccounted("members and non-members, in shadow runs of the whole pipeline", "measurement");
        var (members, nonMembers) = ReleaseAttacks.Candidates(context);
        var candidates = ImageSet.Concat(context.Splits.Members.Subset(members), context.Splits.NonMembers.Subset(nonMembers));
        var reference = context.Splits.Reference;
        var result = Result(context.Run, classifier, model);
        double[] population = [];
        var folder = "";
        var scores = ShadowRuns.One(candidates, model, new FitContext(Path.GetDirectoryName(result)!, context.Study.Seed, progress, context.Cancellation), (training, inner) =>
        {
            folder = Directory.CreateDirectory(inner.Directory).FullName;
            using var ledger = PrivacyLedger.Open(Path.Combine(folder, "ledger.db"), context.Time);
            using var trained = Train(classifier, training, inner, ledger);
            population = ReleasedClassifier.Of(trained.Probabilities(reference), reference.Labels!);
            return trained.Probabilities(candidates);
        });
        using (var scope = new TensorScope())
            new StateDictionary { { Scores, Tensor.From(scores, scores.Length) }, { Population, Tensor.From(population, population.Length) } }.Save(result);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>φ of the candidates and p of the reference images by the runs; null where none are asked for.</summary>
    public (ModelScores Shadows, ModelScores Population)? Load(GridClassifier classifier)
    {
        if (!IsAsked(context.Study, plan, classifier)) return null;
        using var scope = new TensorScope();
        var runs = Enumerable.Range(0, context.Study.Grid!.Shadows).Select(model => StateDictionary.Load(Result(context.Run, classifier, model))).ToArray();
        var population = Array.ConvertAll(runs, run => run[Population].ToArray<double>());
        double[] byImage = [.. Enumerable.Range(0, population[0].Length).SelectMany(i => population.Select(model => model[i]))];
        return (
            ShadowRuns.Gather(Array.ConvertAll(runs, run => run[Scores].ToArray<double>()), context.Study.Seed),
            new ModelScores(byImage, new bool[byImage.Length], runs.Length));
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
}
