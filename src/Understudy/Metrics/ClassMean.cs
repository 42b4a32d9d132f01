namespace Understudy.Metrics;

/// <summary>The mean over classes of the mean of a figure over each class's records, as balanced accuracy is of whether each record is recognised.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">What the draw of the records within each class adds to its uncertainty.</param>
public readonly record struct ClassMean(double Value, double StandardError)
{
    /// <summary>Computes it; a class without records does not count.</summary>
    /// <param name="figures">[N] a figure of each record: right or wrong, a share of several classifiers, a difference of two.</param>
    /// <param name="labels">[N] classes of the records, from 0 on.</param>
    public static ClassMean Of(ReadOnlySpan<double> figures, ReadOnlySpan<int> labels)
    {
        var largest = 0;
        foreach (var label in labels) largest = Math.Max(largest, label);
        Span<double> sums = new double[largest + 1], squares = new double[largest + 1];
        Span<int> counts = new int[largest + 1];
        for (var i = 0; i < figures.Length; i++)
        {
            sums[labels[i]] += figures[i];
            squares[labels[i]] += figures[i] * figures[i];
            counts[labels[i]]++;
        }
        double total = 0, variance = 0;
        var classes = 0;
        for (var k = 0; k < counts.Length; k++)
        {
            var n = counts[k];
            if (n == 0) continue;
            var mean = sums[k] / n;
            total += mean;
            classes++;
            if (n > 1) variance += Math.Max(0, squares[k] - (n * mean * mean)) / (n - 1) / n;
        }
        return new ClassMean(total / classes, Math.Sqrt(variance) / classes);
    }

    /// <summary>The mean over several seeds, each measured on the same records: what seeds scatter is added to what the records leave open.</summary>
    /// <param name="all">[S] one a seed, at least one.</param>
    /// <param name="joint">Of the mean figures over all seeds.</param>
    public static ClassMean Over(IReadOnlyList<ClassMean> all, ClassMean joint)
    {
        var mean = all.Average(one => one.Value);
        var scatter = all.Count < 2 ? 0 : all.Sum(one => Math.Pow(one.Value - mean, 2)) / (all.Count - 1) / all.Count;
        return new ClassMean(mean, Math.Sqrt((joint.StandardError * joint.StandardError) + scatter));
    }
}
