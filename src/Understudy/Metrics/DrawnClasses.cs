using System.Numerics.Tensors;

namespace Understudy.Metrics;

/// <summary>How many of the classes a generator draws at all, as a classifier of real images sees them: a count of modes where each class is one.</summary>
public static class DrawnClasses
{
    private const double LeastShare = 0.1; // of what is named among real images

    /// <summary>The classes that are named among the samples at least a tenth as often as among real images.</summary>
    /// <param name="real">[N, K] probabilities of the classes of held-out real images.</param>
    /// <param name="synthetic">[M, K] probabilities of the classes of samples.</param>
    /// <param name="classes">K.</param>
    /// <param name="classifier">Its name, for the metric's.</param>
    public static Metric Measure(float[] real, float[] synthetic, int classes, string classifier)
    {
        var (expected, drawn) = (Shares(real, classes), Shares(synthetic, classes));
        var there = Enumerable.Range(0, classes).Where(k => expected[k] > 0).ToArray();
        var missing = there.Where(k => drawn[k] < LeastShare * expected[k]).ToArray();
        var named = missing.Length > 0 ? $"; hardly drawn: {string.Join(", ", missing)}" : "";
        return new Metric($"classes drawn[{classifier}]", there.Length - missing.Length, Note: $"of {there.Length}, named at least a tenth as often as among held-out images{named}");
    }

    private static double[] Shares(float[] probabilities, int classes)
    {
        var shares = new double[classes];
        var rows = probabilities.Length / classes;
        for (var i = 0; i < rows; i++) shares[TensorPrimitives.IndexOfMax(probabilities.AsSpan(i * classes, classes))] += 1.0 / rows;
        return shares;
    }
}
