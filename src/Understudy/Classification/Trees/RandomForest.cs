using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Classification.Trees;

/// <summary>
/// A random forest on pixels: each tree on a bootstrap sample, grown until its leaves are pure, at each node the best split by Gini impurity of √P
/// random pixels; the mean of the trees' class shares (Breiman, Machine Learning 45, 2001).
/// </summary>
/// <remarks>Splits are exact: a pixel has no more than 256 values. A tree is a function of the seed and its number, whatever core grows it.</remarks>
/// <param name="options">Trees and leaves.</param>
/// <param name="classes">K.</param>
public sealed class RandomForest(ForestOptions options, int classes) : IClassifier
{
    private DecisionTree[] trees = [];

    /// <inheritdoc/>
    public void Fit(ImageSet training, FitContext context)
    {
        var columns = new PixelColumns(training);
        trees = new DecisionTree[options.Trees];
        Parallel.For(0, trees.Length, Cores.All, number =>
        {
            context.Cancellation.ThrowIfCancellationRequested();
            trees[number] = new GiniTreeGrower(columns, training.Labels!, classes, options.SmallestLeaf, Seed.Derive(context.Seed, "tree", number)).Grow();
        });
    }

    /// <inheritdoc/>
    public float[] Probabilities(ImageSet images)
    {
        var probabilities = new float[images.Count * classes];
        Parallel.For(0, images.Count, Cores.All, i =>
        {
            var sums = probabilities.AsSpan(i * classes, classes);
            foreach (var tree in trees)
            {
                var shares = tree.Evaluate(images.Image(i));
                for (var k = 0; k < classes; k++) sums[k] += shares[k];
            }
            foreach (ref var sum in sums) sum /= trees.Length;
        });
        return probabilities;
    }

    /// <inheritdoc/>
    public void Dispose() => trees = [];
}
