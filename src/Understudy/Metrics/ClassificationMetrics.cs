using System.Numerics.Tensors;
using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>Figures of a classifier from its probabilities and the true labels.</summary>
public static class ClassificationMetrics
{
    /// <summary>Computes them with their intervals.</summary>
    /// <remarks>
    /// The intervals of balanced accuracy and AUC are bias-corrected bootstraps over test records; a class that a resample misses does
    /// not count in that resample. The predicted class is the most probable one, the first of several.
    /// </remarks>
    /// <param name="probabilities">[N, K] row-major: probability, or any score that grows with it, of each class.</param>
    /// <param name="labels">[N] true classes, in [0, K).</param>
    /// <param name="classNames">[K] names, at least two.</param>
    /// <param name="seed">Of the bootstrap: same seed, same intervals.</param>
    /// <param name="draws">Number of resamples.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="InputException">There are no records, lengths disagree, a label is out of range or a probability is NaN.</exception>
    public static ClassificationReport Evaluate(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, IReadOnlyList<string> classNames,
        ulong seed, int draws = Bootstrap.DefaultDraws, double level = 0.95)
    {
        var classes = classNames.Count;
        Check(probabilities, labels, classes);
        var confusion = new int[classes][];
        for (var k = 0; k < classes; k++) confusion[k] = new int[classes];
        var truth = labels.ToArray();
        var recognised = new bool[truth.Length];
        for (var i = 0; i < truth.Length; i++)
        {
            var predicted = TensorPrimitives.IndexOfMax(probabilities.Slice(i * classes, classes));
            confusion[truth[i]][predicted]++;
            recognised[i] = predicted == truth[i];
        }

        var right = recognised.Count(r => r);
        var accuracy = new Metric("accuracy", (double)right / truth.Length, ClopperPearson.TwoSided(right, truth.Length, level));
        var absent = Enumerable.Range(0, classes).Where(k => confusion[k].Sum() == 0).ToArray();
        if (absent.Length > 0)
        {
            var note = $"the test set has no record of class '{classNames[absent[0]]}'";
            return new ClassificationReport(accuracy, new Metric("balanced accuracy", double.NaN, Note: note),
                new Metric("macro AUC", double.NaN, Note: note), confusion);
        }

        var ranked = new RankedClasses(probabilities, truth, classes);
        var all = new int[truth.Length];
        Array.Fill(all, 1);
        var recall = MeanRecall(all, truth, recognised, classes);
        var auc = ranked.MacroAuc(all);
        var recalls = new double[draws];
        var aucs = Bootstrap.Draw(draws, seed, () => new int[truth.Length], (random, b, weights) =>
        {
            Array.Clear(weights);
            for (var i = 0; i < weights.Length; i++) weights[random.NextInt(weights.Length)]++;
            recalls[b] = MeanRecall(weights, truth, recognised, classes);
            return ranked.MacroAuc(weights);
        });
        return new ClassificationReport(accuracy,
            new Metric("balanced accuracy", recall, Bootstrap.BiasCorrected(recall, recalls, level)),
            new Metric("macro AUC", auc, Bootstrap.BiasCorrected(auc, aucs, level)), confusion);
    }

    private static void Check(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        if (classes < 2) throw new InputException($"{classes} class names; a classifier tells at least two classes apart");
        if (labels.IsEmpty) throw new InputException("there is no test record; figures need at least one");
        if (probabilities.Length != (long)labels.Length * classes)
            throw new InputException($"{probabilities.Length} probabilities for {labels.Length} records of {classes} classes; give one a record and class");
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes) throw new InputException($"record {i} has label {labels[i]}; labels go from 0 to {classes - 1}");
        }
        var nan = probabilities.IndexOf(float.NaN);
        if (nan >= 0) throw new InputException($"the probability of class {nan % classes} of record {nan / classes} is NaN");
    }

    /// <summary>Mean recall over the classes that have weight.</summary>
    private static double MeanRecall(int[] weights, int[] truth, bool[] recognised, int classes)
    {
        Span<long> hits = new long[classes], totals = new long[classes];
        for (var i = 0; i < truth.Length; i++)
        {
            totals[truth[i]] += weights[i];
            if (recognised[i]) hits[truth[i]] += weights[i];
        }
        double sum = 0;
        var present = 0;
        for (var k = 0; k < classes; k++)
        {
            if (totals[k] == 0) continue;
            sum += (double)hits[k] / totals[k];
            present++;
        }
        return sum / present;
    }
}
