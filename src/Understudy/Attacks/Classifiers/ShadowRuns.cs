using Understudy.Classification;
using Understudy.Data;
using Understudy.Training;

namespace Understudy.Attacks.Classifiers;

/// <summary>
/// Trains many models, each on a random half of the records, in the balanced design of LiRA: models come in pairs that share out all records
/// between them, so that each record is in exactly half of the models.
/// </summary>
public static class ShadowRuns
{
    /// <summary>Trains classifiers on the records and scores all records by each.</summary>
    /// <remarks>
    /// Models are trained one after another, each with all cores, and each leaves its checkpoint in a folder of its own: a run that is stopped
    /// continues where it was.
    /// </remarks>
    /// <param name="records">Labelled records, at least two.</param>
    /// <param name="options">How many models, and their training.</param>
    /// <param name="context">Where and how it runs.</param>
    /// <returns>φ (<see cref="Confidence.LogOdds"/>) of every record by every model.</returns>
    /// <exception cref="InputException">The records have no labels, are too few, or the number of models is odd.</exception>
    public static ModelScores Train(ImageSet records, ShadowOptions options, FitContext context) => Run(records, options.Count, context, (training, inner) =>
    {
        using var classifier = DownstreamClassifier.Train("shadow", training, options.Classifier, inner);
        return classifier.Probabilities(records);
    });

    /// <summary>The same for any way from training records to a classifier: a pipeline with generator and sampler, say.</summary>
    /// <param name="records">Labelled records, at least two.</param>
    /// <param name="count">Number of models; even.</param>
    /// <param name="context">Where and how it runs; every model is given a folder and a seed of its own.</param>
    /// <param name="probabilities">Trains a model on the given records and returns its class probabilities of all records, [N, C].</param>
    /// <returns>φ (<see cref="Confidence.LogOdds"/>) of every record by every model.</returns>
    /// <exception cref="InputException">The records have no labels, are too few, or the number of models is odd.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what is trained stays trained.</exception>
    public static ModelScores Run(ImageSet records, int count, FitContext context, Func<ImageSet, FitContext, float[]> probabilities)
    {
        if (count < 2 || count % 2 != 0) throw new InputException($"{count} shadow models cannot share the records out in pairs; give an even number");
        var scores = new double[count][];
        for (var model = 0; model < count; model++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            scores[model] = One(records, model, context, probabilities);
        }
        return Gather(scores, context.Seed);
    }

    /// <summary>One of these models alone, for those who share them out among processes.</summary>
    /// <param name="records">Labelled records, at least two.</param>
    /// <param name="model">Which, from 0.</param>
    /// <param name="context">Where and how all of them run; the model is given a folder and a seed of its own.</param>
    /// <param name="probabilities">Trains a model on the given records and returns its class probabilities of all records, [N, C].</param>
    /// <returns>φ (<see cref="Confidence.LogOdds"/>) of every record by the model, [N].</returns>
    /// <exception cref="InputException">The records have no labels or are too few.</exception>
    public static double[] One(ImageSet records, int model, FitContext context, Func<ImageSet, FitContext, float[]> probabilities)
    {
        if (records.Labels is not { } labels) throw new InputException("shadow models need labels, and the records have none");
        if (records.Count < 2) throw new InputException($"{records.Count} records cannot be halved; give at least 2");
        var name = FormattableString.Invariant($"shadow-{model:000}");
        var inner = new FitContext(Path.Combine(context.Directory, name), Seed.Derive(context.Seed, "shadow", model), context.Progress, context.Cancellation);
        return Confidence.LogOdds(probabilities(records.Subset(Half(records.Count, model, context.Seed)), inner), labels);
    }

    /// <summary>What all models say, put together.</summary>
    /// <param name="scores">By each model, of every record, [N].</param>
    /// <param name="seed">From which the models were run.</param>
    /// <exception cref="InputException">A score is NaN.</exception>
    public static ModelScores Gather(IReadOnlyList<double[]> scores, ulong seed)
    {
        var (count, records) = (scores.Count, scores[0].Length);
        var values = new double[records * count];
        var included = new bool[values.Length];
        for (var model = 0; model < count; model++)
        {
            foreach (var record in Half(records, model, seed)) included[(record * count) + model] = true;
            for (var i = 0; i < records; i++) values[(i * count) + model] = scores[model][i];
        }
        return new ModelScores(values, included, count);
    }

    /// <summary>The first or second half of the permutation of the model's pair, in ascending order.</summary>
    private static int[] Half(int records, int model, ulong seed)
    {
        var order = Enumerable.Range(0, records).ToArray();
        new SplitMix64(Seed.Derive(seed, "halves", model / 2)).Shuffle(order.AsSpan());
        int[] half = model % 2 == 0 ? order[..(records / 2)] : order[(records / 2)..];
        Array.Sort(half);
        return half;
    }
}
