using Understudy.Classification;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Studies.Grids;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Trains one classifier of a grid and keeps what it answers, so that whatever is asked of it later needs no network.</summary>
/// <param name="context">The run, from the classifier's seed.</param>
/// <param name="plan">The grid.</param>
internal sealed class GridClassification(StageContext context, GridPlan plan)
{
    public const string AnswersName = "answers.pt";
    public const string ModelName = "model";

    public void Train(GridClassifier classifier, IProgress<StageProgress> progress)
    {
        var folder = Directory.CreateDirectory(context.Run.Classification(classifier.Id)).FullName;
        var result = Path.Combine(folder, ClassificationStage.ResultName);
        var splits = context.Splits;
        var (training, validation) = Training(classifier);
        var reason = ClassificationStage.Untestable(splits) ?? (classifier.Baseline is null && training!.Labels is null ? ClassificationStage.UnlabelledSamples : null);
        if (reason is not null)
        {
            AtomicFile.WriteText(result, JsonText.Write(new[] { new Metric("accuracy", double.NaN, Note: $"utility not measured: {reason}") }));
            return;
        }
        var fit = new FitContext(folder, context.Study.Seed, progress, context.Cancellation);
        using var trained = classifier.Baseline is { } baseline
            ? DownstreamClassifier.TrainPrivately(baseline.Id, context.Private.Members(classifier.Id), splits.Members.Shape, splits.Members.ClassNames, baseline.Options, fit)
            : DownstreamClassifier.Train(classifier.Id, training!, classifier.Section!.Options, fit);
        if (trained.Plan is { } spent) AtomicFile.WriteText(Path.Combine(folder, ClassificationStage.CertificateName), JsonText.Write(context.Private.Certify(classifier.Id, [spent])));
        trained.Save(Path.Combine(folder, ModelName));
        var achieved = trained.Evaluate(splits.Test, context.Study.Seed);
        new ClassifierAnswers(
            new(achieved.Probabilities, splits.Test.Labels!),
            Ask(splits.Members),
            Ask(splits.NonMembers),
            Ask(splits.Reference),
            validation is { Count: > 0 } kept ? Ask(kept) : null).Save(Path.Combine(folder, AnswersName));
        AtomicFile.WriteText(result, JsonText.Write(achieved.Report.Metrics));

        Answers Ask(ImageSet images) => new(trained.Probabilities(images), images.Labels!);
    }

    /// <summary>What it is trained on, and samples kept aside where one of several classifiers is chosen by them.</summary>
    private (ImageSet? Training, ImageSet? Validation) Training(GridClassifier classifier)
    {
        if (classifier.Baseline is not null) return (null, null);
        if (classifier.DataSet is not { } data)
        {
            return (context.Private.Members(classifier.Id).OpenUnaccounted($"{context.Splits.Members.Count} members with their labels, to train", "a baseline without protection"), null);
        }
        var samples = NpzFile.Read(context.Run.Sampling(data.Id, SamplingStage.ResultName)).Train;
        if (data.Sampler is null || context.Study.Grid!.Selection is not { } selection || !selection.Modes.Contains(SelectionMode.Syn)) return (samples, null);
        var order = Enumerable.Range(0, samples.Count).ToArray();
        new SplitMix64(Seed.Derive(context.Study.Seed, "validation")).Shuffle(order.AsSpan());
        var aside = (int)Math.Ceiling(samples.Count * selection.Share);
        return (samples.Subset(order.AsSpan(aside)), samples.Subset(order.AsSpan(0, aside)));
    }

    /// <summary>The classifiers among which one is chosen for a data set.</summary>
    public IReadOnlyList<GridClassifier> Candidates(GridDataSet data) => [.. plan.Classifiers.Where(classifier => classifier.DataSet == data)];

    /// <summary>What a classifier answered; null where it could not be trained for want of labels.</summary>
    public ClassifierAnswers? Answers(GridClassifier classifier)
    {
        var path = context.Run.Classification(classifier.Id, AnswersName);
        return File.Exists(path) ? ClassifierAnswers.Load(path) : null;
    }
}
