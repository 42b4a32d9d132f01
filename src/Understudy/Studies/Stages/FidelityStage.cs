using Understudy.Classification;
using Understudy.Data;
using Understudy.Metrics;

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

    private void MeasureInFeatures()
    {
        var network = new Lazy<IFeatureExtractor>(Network);
        var held = new Lazy<FeatureMatrix>(() => network.Value.Extract(context.Splits.NonMembers));
        Measure(Label.Real, () => context.Splits.Members);
        foreach (var method in context.Study.Methods) Measure(method.Id, () => context.Samples(method));
        if (network.IsValueCreated) (network.Value as IDisposable)?.Dispose();

        void Measure(string id, Func<ImageSet> images)
        {
            var result = context.Run.Fidelity(id, ResultName);
            context.Do(Name, id, result, _ =>
            {
                var measured = images();
                var features = network.Value.Extract(measured);
                Metric[] metrics =
                [
                    FrechetDistance.Measure(held.Value, features, network.Value.Name),
                    KernelDistance.Measure(held.Value, features, network.Value.Name),
                    .. Prdc.Measure(held.Value, features, network.Value.Name),
                    .. measured.Labels is null || context.Splits.NonMembers.Labels is null ? [] : new[] { ClassDiversity.Measure(context.Splits.NonMembers, measured) },
                ];
                AtomicFile.WriteText(result, JsonText.Write(metrics));
            });
        }
    }

    private IFeatureExtractor Network() => context.Study.Fidelity.AreTrained
        ? ClassificationStage.Baseline(context, progress: null)
        : new ScriptFeatureExtractor(context.Study.Fidelity.Features);

    private void MeasureNothing()
    {
        foreach (var method in context.Study.Methods)
        {
            var result = context.Run.Fidelity(method.Id, ResultName);
            var metric = new Metric("FID", double.NaN, Note: "not measured: the feature network is trained on labels, and the data have none; name a TorchScript module in 'features'");
            context.Do(Name, method.Id, result, _ => AtomicFile.WriteText(result, JsonText.Write(new[] { metric })));
        }
    }
}
