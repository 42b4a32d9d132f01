using Understudy.Classification;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>
/// Measures how like held-out real images the samples are, in features of a network, and whether they lie nearer to members than to
/// held-out images.
/// </summary>
internal sealed class FidelityStage(StageContext context)
{
    public const string Name = "fidelity";
    public const string ResultName = "metrics.json";
    public const string MemorisationName = "memorisation.json";

    public void Run()
    {
        context.Private.Unaccounted("members and non-members, in figures of fidelity and memorisation", "measurement");
        if (context.Study.Fidelity.AreTrained && context.Splits.Members.Labels is null) MeasureNothing();
        else MeasureInFeatures();
        foreach (var method in context.Study.Methods)
        {
            var result = context.Run.Fidelity(method.Id, MemorisationName);
            context.Do("memorisation", method.Id, result, _ =>
            {
                var report = Memorisation.Measure(context.Samples(method), context.Splits.Members, context.Splits.NonMembers, context.Study.Seed);
                AtomicFile.WriteText(result, JsonText.Write(report.Metrics));
            });
        }
    }

    /// <summary>Measures one data set, unless it has been.</summary>
    public void Measure(string id, Func<ImageSet> images, IProgress<StageProgress> progress)
    {
        if (context.Study.Fidelity.AreTrained && context.Splits.Members.Labels is null)
        {
            MeasureNothing(id);
            return;
        }
        var network = Network(progress);
        using var owned = network as IDisposable;
        Measure(id, images, network, new Lazy<FeatureMatrix>(() => network.Extract(context.Splits.NonMembers)));
    }

    private void MeasureInFeatures()
    {
        IFeatureExtractor? network = null;
        var held = new Lazy<FeatureMatrix>(() => network!.Extract(context.Splits.NonMembers));
        Do(Label.Real, () => context.Splits.Members);
        foreach (var method in context.Study.Methods) Do(method.Id, () => context.Samples(method));
        (network as IDisposable)?.Dispose();

        void Do(string id, Func<ImageSet> images) =>
            context.Do(Name, id, context.Run.Fidelity(id, ResultName), progress => Measure(id, images, network ??= Network(progress), held));
    }

    private void Measure(string id, Func<ImageSet> images, IFeatureExtractor network, Lazy<FeatureMatrix> held)
    {
        var measured = images();
        var features = network.Extract(measured);
        Metric[] metrics =
        [
            FrechetDistance.Measure(held.Value, features, network.Name),
            KernelDistance.Measure(held.Value, features, network.Name),
            .. Prdc.Measure(held.Value, features, network.Name),
            .. measured.Labels is null || context.Splits.NonMembers.Labels is null ? [] : new[] { ClassDiversity.Measure(context.Splits.NonMembers, measured) },
            .. network is DownstreamClassifier classifier
                ? new[] { DrawnClasses.Measure(classifier.Probabilities(context.Splits.NonMembers), classifier.Probabilities(measured), classifier.ClassCount, classifier.Name) } : [],
        ];
        AtomicFile.WriteText(context.Run.Fidelity(id, ResultName), JsonText.Write(metrics));
    }

    private IFeatureExtractor Network(IProgress<StageProgress> progress) => context.Study.Fidelity.AreTrained
        ? ClassificationStage.Baseline(context, progress)
        : new ScriptFeatureExtractor(context.Study.Fidelity.Features);

    private void MeasureNothing()
    {
        foreach (var method in context.Study.Methods) context.Do(Name, method.Id, context.Run.Fidelity(method.Id, ResultName), _ => MeasureNothing(method.Id));
    }

    private void MeasureNothing(string id)
    {
        var metric = new Metric("FID", double.NaN, Note: "not measured: the feature network is trained on labels, and the data have none; name a TorchScript module in 'features'");
        AtomicFile.WriteText(context.Run.Fidelity(id, ResultName), JsonText.Write(new[] { metric }));
    }
}
