using System.Globalization;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>
/// Measures utility: a classifier trained on real members, one by DP-SGD for each private baseline, and one on each method's samples, all
/// tested on the real test split.
/// </summary>
internal sealed class ClassificationStage(StageContext context)
{
    public const string Name = "classification";
    public const string ResultName = "metrics.json";
    public const string CertificateName = "certificate.json";
    public const string UnlabelledSamples = "samples carry no labels";
    private const string PredictionsName = "predictions.csv";
    // No method can be called so.
    private const string FeatureNetwork = "_features";

    public void Run()
    {
        MeasureReal();
        foreach (var baseline in context.Study.Baselines) Measure(baseline.Id, progress => TrainPrivately(baseline, progress), _ => []);
        foreach (var method in context.Study.Methods)
            Measure(method.Id, progress => Train(context.Samples(method), method.Id, progress), progress => WithoutLabels(method, progress));
    }

    /// <summary>Why no classifier of these data can be tested; null where one can.</summary>
    public static string? Untestable(Splits splits) => splits.Test.Labels is null ? "the data have no labels"
        : splits.HasNovelTest ? "the test images are of classes that no member has"
        : null;

    /// <summary>Trains the baseline on the members.</summary>
    public void MeasureReal()
    {
        context.Private.Unaccounted("members and test images, in a baseline classifier and in the figures of utility", "measurement");
        Measure(Label.Real, progress => Train(context.Splits.Members, Label.Real, progress), _ => []);
    }

    /// <summary>Refuses, before any work, baselines that the data cannot train.</summary>
    /// <exception cref="InputException">A batch is larger than the data.</exception>
    public static void Check(Study study, PrivateRecords records)
    {
        foreach (var baseline in study.Baselines)
        {
            if (baseline.Options.BatchSize > records.PublicCount)
                throw new InputException($"'batchSize' is {baseline.Options.BatchSize} in baselines ({baseline.Id}), and there are {records.PublicCount} members; lower it");
        }
    }

    /// <summary>The convolutional network trained on real members, which gives the features of fidelity, in as many steps as the study gives its classifier; trained now unless it has been.</summary>
    public static DownstreamClassifier Baseline(StageContext context, IProgress<StageProgress>? progress) => context.Study.Classification.Network == ClassifierNetwork.Cnn
        ? Train(context, context.Splits.Members, Label.Real, progress)
        : DownstreamClassifier.Train(
            $"cnn-{context.Study.Name}", context.Splits.Members, context.Study.Classification with { Network = ClassifierNetwork.Cnn }, Fit(context, FeatureNetwork, progress));

    private void Measure(string id, Func<IProgress<StageProgress>, DownstreamClassifier?> train, Func<IProgress<StageProgress>, Metric[]> instead)
    {
        var folder = context.Run.Classification(id);
        var result = Path.Combine(folder, ResultName);
        context.Do(Name, id, result, progress =>
        {
            var untestable = Untestable(context.Splits);
            using var classifier = untestable is null ? train(progress) : null;
            if (classifier is null)
            {
                var unmeasured = new Metric("accuracy", double.NaN, Note: $"utility not measured: {untestable ?? UnlabelledSamples}");
                AtomicFile.WriteText(result, JsonText.Write((untestable is null ? instead(progress) : []).Prepend(unmeasured)));
                return;
            }
            var achieved = classifier.Evaluate(context.Splits.Test, context.Study.Seed);
            if (classifier.Plan is { } plan) AtomicFile.WriteText(Path.Combine(folder, CertificateName), JsonText.Write(context.Private.Certify(id, [plan])));
            WritePredictions(Path.Combine(folder, PredictionsName), context.Splits.Test, achieved.Probabilities);
            AtomicFile.WriteText(result, JsonText.Write(achieved.Report.Metrics));
        });
    }

    /// <summary>What a method that draws no labels can be asked instead: whether InfoGAN found the classes by itself, and what a semi-supervised GAN learnt from few labels.</summary>
    private Metric[] WithoutLabels(MethodSection method, IProgress<StageProgress> progress)
    {
        var test = context.Splits.Test;
        if (test.Labels is null) return [];
        var synthesizer = GenerationStage.Create(context, method);
        using var freed = synthesizer as IDisposable;
        if (synthesizer is not (InfoGan { Codes.Categorical: [_, ..] } or SemiSupervisedGan)) return [];
        synthesizer.Load(context.Run.Generation(method.Id, GenerationStage.ModelName));
        return synthesizer is InfoGan infoGan
            ? [CodeMatch.Error(infoGan.ReadCategory(test), test.Labels, infoGan.Codes.Categorical[0], test.ClassCount)]
            : FewLabels.Measure(context, method, (SemiSupervisedGan)synthesizer, progress);
    }

    /// <summary>Null where the images have no labels.</summary>
    private DownstreamClassifier? Train(ImageSet images, string id, IProgress<StageProgress> progress) =>
        images.Labels is null ? null : Train(context, images, id, progress);

    private DownstreamClassifier? TrainPrivately(BaselineSection baseline, IProgress<StageProgress> progress)
    {
        var (shape, classes) = (context.Splits.Members.Shape, context.Splits.Members.ClassNames);
        var members = context.Private.Members(baseline.Id);
        return DownstreamClassifier.TrainPrivately(baseline.Id, members, shape, classes, baseline.Options, Fit(context, baseline.Id, progress));
    }

    private static DownstreamClassifier Train(StageContext context, ImageSet images, string id, IProgress<StageProgress>? progress)
    {
        var options = context.Study.Classification;
        var name = $"{options.Network.ToString().ToLowerInvariant()}-{context.Study.Name}";
        return DownstreamClassifier.Train(name, images, options, Fit(context, id, progress));
    }

    private static FitContext Fit(StageContext context, string id, IProgress<StageProgress>? progress) =>
        new(Directory.CreateDirectory(context.Run.Classification(id)).FullName, context.Study.Seed, progress, context.Cancellation);

    /// <summary><c>index,label,</c> and the probability of each class.</summary>
    private static void WritePredictions(string path, ImageSet test, float[] probabilities) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"index,label,{string.Join(',', Enumerable.Range(0, test.ClassCount).Select(k => $"p{k}"))}");
        for (var i = 0; i < test.Count; i++)
        {
            var row = probabilities.AsSpan(i * test.ClassCount, test.ClassCount).ToArray().Select(p => p.ToString("G6", CultureInfo.InvariantCulture));
            writer.WriteLine($"{i},{test.Labels![i]},{string.Join(',', row)}");
        }
    });
}
