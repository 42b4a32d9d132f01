using System.Numerics.Tensors;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation.Gan;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>What a semi-supervised GAN makes of its few labels, beside networks that have the same labels and no other images.</summary>
internal static class FewLabels
{
    public const string ErrorName = "error with few labels";
    public const string SavedName = "error saved over the same network";

    /// <summary>Errors on the real test images: of the GAN's classifier, of the network of its discriminator without a GAN, of the convolutional network of the study; and what the first saves over each.</summary>
    /// <param name="context">The run.</param>
    /// <param name="method">The GAN, whose samples carry no labels.</param>
    /// <param name="gan">It, fitted.</param>
    /// <param name="progress">Told how far the other networks have come.</param>
    public static Metric[] Measure(StageContext context, MethodSection method, SemiSupervisedGan gan, IProgress<StageProgress> progress)
    {
        var test = context.Splits.Test;
        var labels = test.Labels!;
        var labelled = gan.Labelled(context.Splits.Members, context.Study.Seed);
        var own = gan.Classify(test);
        var same = SupervisedDiscriminator.Classify((SemiSupervisedGanOptions)method.Options, labelled, test, Fit("same-network"));
        using var network = DownstreamClassifier.Train("cnn", labelled, context.Study.Classification with { Network = ClassifierNetwork.Cnn }, Fit("cnn"));
        int[] cnn = [.. network.Probabilities(test).Chunk(network.ClassCount).Select(row => TensorPrimitives.IndexOfMax<float>(row))];
        return
        [
            Of(ErrorName, PairedErrors.Error(own, labels), $"its own classifier, which saw {labelled.Count} labels, on real test images"),
            Of("error of the same network", PairedErrors.Error(same, labels), "the discriminator's network, trained by cross-entropy on the same labels in as many steps"),
            Of("error of a CNN", PairedErrors.Error(cnn, labels), "the study's convolutional network, trained on the same labels"),
            Of(SavedName, PairedErrors.Saved(own, same, labels), "paired over the test images"),
            Of("error saved over a CNN", PairedErrors.Saved(own, cnn, labels), "paired over the test images"),
        ];

        FitContext Fit(string name) => new(Directory.CreateDirectory(context.Run.Classification(method.Id, name)).FullName, context.Study.Seed, progress, context.Cancellation);

        static Metric Of(string name, (double Value, Interval Interval) measured, string note) => new(name, measured.Value, measured.Interval, note);
    }

    /// <summary>Whether unlabelled images helped, in a sentence; null where that was not measured.</summary>
    public static string? Finding(string id, IReadOnlyList<Metric> utility)
    {
        if (utility.FirstOrDefault(metric => metric.Name == SavedName) is not { Interval: { } interval } saved) return null;
        var judged = interval.Lower > 0 ? "less, more than chance explains" : interval.Upper < 0 ? "more, more than chance explains" : "less, which may be chance";
        return FormattableString.Invariant(
            $"The classifier of {id} errs on {Verdict.Shown(utility.First(metric => metric.Name == ErrorName))} of the real test images, {(interval.Upper < 0 ? -saved.Value : saved.Value):0.000} {judged} (paired, {interval.Lower:+0.000;-0.000} to {interval.Upper:+0.000;-0.000}), than the same network trained on the same labels alone.");
    }
}
