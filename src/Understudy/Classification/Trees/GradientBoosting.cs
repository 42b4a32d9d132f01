using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Classification.Trees;

/// <summary>Gradient boosting with the softmax loss: each round, for each class, a tree fitted to the loss by a Newton step.</summary>
/// <remarks>
/// Friedman, Annals of Statistics 29, 2001, with the second-order gain of Chen and Guestrin, KDD 2016, 1603.02754. Splits are exact, from
/// histograms of the 256 values of a pixel. What a tree asks is a function of the seed and its number, on any number of cores.
/// </remarks>
/// <param name="options">Rounds, trees and leaves.</param>
/// <param name="classes">K.</param>
public sealed class GradientBoosting(BoostingOptions options, int classes) : IClassifier
{
    private readonly List<DecisionTree[]> rounds = []; // of each the trees of the classes that have one
    private double[] prior = [];

    // Of two classes the first one's score stays 0.
    private int FirstScored => classes == 2 ? 1 : 0;

    /// <inheritdoc/>
    public void Fit(ImageSet training, FitContext context)
    {
        var labels = training.Labels!;
        rounds.Clear();
        prior = [.. Enumerable.Range(0, classes).Select(k => Math.Log((labels.Count(label => label == k) + 1.0) / (labels.Length + classes)))];
        if (classes == 2) prior = [0, prior[1] - prior[0]];
        var columns = new PixelColumns(training);
        var scores = new double[labels.Length * classes];
        for (var i = 0; i < scores.Length; i++) scores[i] = prior[i % classes];
        var (gradients, hessians) = (new double[labels.Length], new double[labels.Length]);
        for (var round = 0; round < options.Rounds; round++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var probabilities = (double[])scores.Clone();
            for (var i = 0; i < labels.Length; i++) Softmax(probabilities.AsSpan(i * classes, classes));
            var trees = new DecisionTree[classes - FirstScored];
            for (var k = FirstScored; k < classes; k++)
            {
                for (var i = 0; i < labels.Length; i++)
                {
                    var p = probabilities[i * classes + k];
                    (gradients[i], hessians[i]) = (p - (labels[i] == k ? 1 : 0), p * (1 - p));
                }
                var tree = new NewtonTreeGrower(columns, gradients, hessians, options, Seed.Derive(context.Seed, "tree", (round * classes) + k)).Grow();
                var scored = k;
                Parallel.For(0, labels.Length, Cores.All, i => scores[i * classes + scored] += tree.Evaluate(training.Image(i))[0]);
                trees[k - FirstScored] = tree;
            }
            rounds.Add(trees);
            context.Progress?.Report(new StageProgress("classification", Path.GetFileName(context.Directory), round + 1, options.Rounds, new Dictionary<string, double>()));
        }
    }

    /// <inheritdoc/>
    public float[] Probabilities(ImageSet images)
    {
        var probabilities = new float[images.Count * classes];
        Parallel.For(0, images.Count, Cores.All, i =>
        {
            var scores = (double[])prior.Clone();
            foreach (var trees in rounds)
            {
                for (var t = 0; t < trees.Length; t++) scores[FirstScored + t] += trees[t].Evaluate(images.Image(i))[0];
            }
            Softmax(scores);
            for (var k = 0; k < classes; k++) probabilities[i * classes + k] = (float)scores[k];
        });
        return probabilities;
    }

    /// <inheritdoc/>
    public void Dispose() => rounds.Clear();

    private static void Softmax(Span<double> scores)
    {
        var largest = double.NegativeInfinity;
        foreach (var score in scores) largest = Math.Max(largest, score);
        var sum = 0.0;
        foreach (ref var score in scores) sum += score = Math.Exp(score - largest);
        foreach (ref var score in scores) score /= sum;
    }
}
