using System.Globalization;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Measures utility: a classifier trained on real members, and one on each method's samples, all tested on the real test split.</summary>
internal sealed class ClassificationStage(StageContext context)
{
    public const string Name = "classification";
    public const string ResultName = "metrics.json";
    private const string PredictionsName = "predictions.csv";

    public void Run()
    {
        context.Private.Unaccounted("members and test images, in a baseline classifier and in the figures of utility", "measurement");
        Measure(Label.Real, () => context.Splits.Members, "the data have no labels", () => []);
        foreach (var method in context.Study.Methods) Measure(method.Id, () => context.Samples(method), "samples carry no labels", () => WithoutLabels(method));
    }

    /// <summary>The classifier trained on real members, which gives the features of fidelity too; trained now unless it has been.</summary>
    public static DownstreamClassifier Baseline(StageContext context, IProgress<StageProgress>? progress) =>
        Train(context, Label.Real, context.Splits.Members, progress);

    private void Measure(string id, Func<ImageSet> training, string withoutLabels, Func<IEnumerable<Metric>> instead)
    {
        var folder = context.Run.Classification(id);
        var result = Path.Combine(folder, ResultName);
        context.Do(Name, id, result, progress =>
        {
            var images = training();
            if (images.Labels is null)
            {
                var unmeasured = new Metric("accuracy", double.NaN, Note: $"utility not measured: {withoutLabels}");
                AtomicFile.WriteText(result, JsonText.Write(instead().Prepend(unmeasured)));
                return;
            }
            using var classifier = Train(context, id, images, progress);
            var achieved = classifier.Evaluate(context.Splits.Test, context.Study.Seed);
            WritePredictions(Path.Combine(folder, PredictionsName), context.Splits.Test, achieved.Probabilities);
            AtomicFile.WriteText(result, JsonText.Write(achieved.Report.Metrics));
        });
    }

    /// <summary>What a method that draws no labels can be asked instead: whether InfoGAN found the classes by itself.</summary>
    private IEnumerable<Metric> WithoutLabels(MethodSection method)
    {
        var test = context.Splits.Test;
        if (test.Labels is null || GenerationStage.Create(context, method) is not InfoGan { Codes.Categorical: [var categories, ..] } infoGan) return [];
        using (infoGan)
        {
            infoGan.Load(context.Run.Generation(method.Id, GenerationStage.ModelName));
            return [CodeMatch.Error(infoGan.ReadCategory(test), test.Labels, categories, test.ClassCount)];
        }
    }

    private static DownstreamClassifier Train(StageContext context, string id, ImageSet images, IProgress<StageProgress>? progress)
    {
        var options = context.Study.Classification;
        var folder = Directory.CreateDirectory(context.Run.Classification(id)).FullName;
        var name = $"{options.Network.ToString().ToLowerInvariant()}-{context.Study.Name}";
        return DownstreamClassifier.Train(name, images, options, new FitContext(folder, context.Study.Seed, progress, context.Cancellation));
    }

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
