namespace Understudy.Classification.Probes;

/// <summary>Gradient-boosted trees of depth 3 for two classes: each tree takes a Newton step down the logistic loss.</summary>
/// <remarks>Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29, 2001; split gain as in Chen and Guestrin, KDD 2016, 1603.02754, equation 7.</remarks>
public sealed class BoostedTrees
{
    private const int Trees = 60;
    private const int Depth = 3;
    private const int Bins = 32;
    private const double LearningRate = 0.2;
    private const double Regularisation = 1;
    private const int LeastRecords = 10;

    private readonly int dimension;
    private readonly float[][] cuts; // [D][at most Bins − 1] ascending
    private readonly double start;
    private readonly Node[] trees;

    private BoostedTrees(int dimension, float[][] cuts, double start, Node[] trees) => (this.dimension, this.cuts, this.start, this.trees) = (dimension, cuts, start, trees);

    /// <summary>Trains on records.</summary>
    /// <param name="features">[N, D] row-major.</param>
    /// <param name="labels">[N] 0 or 1, both present.</param>
    /// <param name="dimension">D.</param>
    public static BoostedTrees Train(float[] features, int[] labels, int dimension)
    {
        var edges = Enumerable.Range(0, dimension).Select(k => Cuts(features, dimension, k)).ToArray();
        var bins = Binned(features, dimension, edges);
        var share = labels.Average();
        var prior = Math.Log(share / (1 - share));
        var scores = new double[labels.Length];
        Array.Fill(scores, prior);
        var grown = new Node[Trees];
        var all = Enumerable.Range(0, labels.Length).ToArray();
        for (var t = 0; t < Trees; t++)
        {
            var gradients = scores.Select((score, i) => Probability(score) - labels[i]).ToArray();
            var curvatures = scores.Select(score => Probability(score) * (1 - Probability(score))).ToArray();
            grown[t] = Grow(bins, dimension, gradients, curvatures, all, Depth);
            for (var i = 0; i < scores.Length; i++) scores[i] += grown[t].Of(bins.AsSpan(i * dimension, dimension));
        }
        return new BoostedTrees(dimension, edges, prior, grown);
    }

    /// <summary>The probability of class 1 of each record, [M].</summary>
    /// <param name="features">[M, D] row-major.</param>
    public double[] Probabilities(float[] features)
    {
        var bins = Binned(features, dimension, cuts);
        return [.. Enumerable.Range(0, features.Length / dimension).Select(i => Probability(start + trees.Sum(tree => tree.Of(bins.AsSpan(i * dimension, dimension)))))];
    }

    private static double Probability(double score) => 1 / (1 + Math.Exp(-score));

    private static float[] Cuts(float[] features, int dimension, int k)
    {
        var sorted = Enumerable.Range(0, features.Length / dimension).Select(i => features[i * dimension + k]).Order().ToArray();
        return [.. Enumerable.Range(1, Bins - 1).Select(b => sorted[(int)((long)b * sorted.Length / Bins)]).Distinct()];
    }

    private static byte[] Binned(float[] features, int dimension, float[][] edges)
    {
        var bins = new byte[features.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            var ends = edges[i % dimension];
            var place = Array.BinarySearch(ends, features[i]);
            bins[i] = (byte)(place >= 0 ? place + 1 : ~place); // a value equal to a cut lies above it
        }
        return bins;
    }

    private static Node Grow(byte[] bins, int dimension, double[] gradients, double[] curvatures, int[] records, int depth)
    {
        var (gradient, curvature) = (records.Sum(i => gradients[i]), records.Sum(i => curvatures[i]));
        var leaf = new Node(-LearningRate * gradient / (curvature + Regularisation));
        if (depth == 0 || records.Length < 2 * LeastRecords) return leaf;
        var (best, feature, cut) = (1e-9, -1, 0);
        double[] sums = new double[Bins], curves = new double[Bins];
        var counts = new int[Bins];
        for (var k = 0; k < dimension; k++)
        {
            Array.Clear(sums);
            Array.Clear(curves);
            Array.Clear(counts);
            foreach (var i in records)
            {
                var bin = bins[i * dimension + k];
                sums[bin] += gradients[i];
                curves[bin] += curvatures[i];
                counts[bin]++;
            }
            var (left, leftCurve, leftCount) = (0.0, 0.0, 0);
            for (var b = 0; b < Bins - 1; b++)
            {
                (left, leftCurve, leftCount) = (left + sums[b], leftCurve + curves[b], leftCount + counts[b]);
                if (leftCount < LeastRecords || records.Length - leftCount < LeastRecords) continue;
                var gain = Score(left, leftCurve) + Score(gradient - left, curvature - leftCurve) - Score(gradient, curvature);
                if (gain > best) (best, feature, cut) = (gain, k, b);
            }
        }
        if (feature < 0) return leaf;
        var sides = records.ToLookup(i => bins[i * dimension + feature] <= cut);
        return new Node(0, feature, cut, Grow(bins, dimension, gradients, curvatures, [.. sides[true]], depth - 1), Grow(bins, dimension, gradients, curvatures, [.. sides[false]], depth - 1));
    }

    private static double Score(double gradient, double curvature) => gradient * gradient / (curvature + Regularisation);

    private sealed record Node(double Value, int Feature = 0, int Cut = 0, Node? Low = null, Node? High = null)
    {
        public double Of(ReadOnlySpan<byte> record)
        {
            var node = this;
            while (node.Low is not null) node = record[node.Feature] <= node.Cut ? node.Low : node.High!;
            return node.Value;
        }
    }
}
