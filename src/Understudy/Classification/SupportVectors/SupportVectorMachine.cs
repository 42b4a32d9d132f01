using Understudy.Data;

namespace Understudy.Classification.SupportVectors;

/// <summary>A support vector machine for any number of classes: one for each pair, and the class with most votes wins, the first of several.</summary>
/// <remarks>Features are brought to mean 0 and variance 1 by the training records first.</remarks>
public sealed class SupportVectorMachine
{
    private const int Folds = 3;

    private readonly int dimension;
    private readonly int classes;
    private readonly double[] means;
    private readonly double[] scales;
    private readonly Kernel kernel;
    private readonly double[][] vectors; // the support vectors of all pairs, each once: with many classes the same ones serve many pairs
    private readonly Pair[] pairs;

    private SupportVectorMachine(int dimension, int classes, double[] means, double[] scales, Kernel kernel, double[][] vectors, Pair[] pairs, double cost, bool isOptimal)
    {
        (this.dimension, this.classes, this.means, this.scales, this.kernel, this.vectors, this.pairs, Cost, IsOptimal) = (dimension, classes, means, scales, kernel, vectors, pairs, cost, isOptimal);
    }

    /// <summary>C, as given or as chosen.</summary>
    public double Cost { get; }

    /// <summary>Whether every pair's machine reached its tolerance.</summary>
    public bool IsOptimal { get; }

    /// <summary>Trains one.</summary>
    /// <param name="features">[N, D] row-major.</param>
    /// <param name="labels">[N] classes; at least two must occur.</param>
    /// <param name="isLinear">The linear kernel, or else exp(−‖a − b‖²/D) on the standardised features.</param>
    /// <param name="cost">C, more than 0.</param>
    /// <exception cref="InputException">There are not two classes, or lengths disagree.</exception>
    public static SupportVectorMachine Train(float[] features, int[] labels, bool isLinear, double cost)
    {
        if (labels.Length == 0 || features.Length % labels.Length != 0) throw new InputException($"{features.Length} features for {labels.Length} labels; give as many features for each record");
        var present = labels.Distinct().Order().ToArray();
        if (present.Length < 2) throw new InputException("a support vector machine tells classes apart, and the training records are of one class");
        var d = features.Length / labels.Length;
        var (centre, factors) = Moments(features, d);
        var records = Rows(features, d, centre, factors);
        var similarity = isLinear ? Kernel.Linear : Kernel.Rbf(1.0 / d);
        var couples = present.SelectMany((a, i) => present.Skip(i + 1).Select(b => (First: a, Second: b))).ToArray();
        var machines = new (BinaryMachine Binary, int[] Records)[couples.Length];
        Parallel.For(0, couples.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, c =>
        {
            var (a, b) = couples[c];
            var chosen = Enumerable.Range(0, labels.Length).Where(i => labels[i] == a || labels[i] == b).ToArray();
            machines[c] = (BinaryMachine.Train([.. chosen.Select(i => records[i])], [.. chosen.Select(i => labels[i] == a)], similarity, cost), chosen);
        });
        int[] used = [.. machines.SelectMany(machine => machine.Binary.Support.Select(vector => machine.Records[vector.Record])).Distinct().Order()];
        var places = used.Index().ToDictionary(vector => vector.Item, vector => vector.Index);
        var told = couples.Zip(machines, (couple, machine) => new Pair(
            couple.First, couple.Second, machine.Binary.Bias, [.. machine.Binary.Support.Select(vector => (places[machine.Records[vector.Record]], vector.Weight))]));
        return new SupportVectorMachine(
            d, present[^1] + 1, centre, factors, similarity, [.. used.Select(i => records[i])], [.. told], cost, machines.All(machine => machine.Binary.IsOptimal));
    }

    /// <summary>Trains one with the C among some whose accuracy in 3-fold cross-validation on the training records is best, the smallest of several.</summary>
    /// <param name="features">[N, D] row-major.</param>
    /// <param name="labels">[N] classes.</param>
    /// <param name="isLinear">As in <see cref="Train(float[], int[], bool, double)"/>.</param>
    /// <param name="costs">The values of C to compare, ascending.</param>
    /// <param name="seed">Of the folds.</param>
    /// <exception cref="InputException">There are not two classes, or lengths disagree.</exception>
    public static SupportVectorMachine Train(float[] features, int[] labels, bool isLinear, IReadOnlyList<double> costs, ulong seed)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        new SplitMix64(seed).Shuffle(order.AsSpan());
        var d = features.Length / Math.Max(1, labels.Length);
        var fold = new int[labels.Length];
        foreach (var (place, record) in order.OrderBy(i => labels[i]).Index()) fold[record] = place % Folds;
        var best = costs.MaxBy(cost => Enumerable.Range(0, Folds).Sum(held =>
        {
            var (inside, outside) = (Where(f => f != held), Where(f => f == held));
            var machine = Train(Take(features, inside, d), Of(inside), isLinear, cost);
            return machine.Predict(Take(features, outside, d)).Zip(Of(outside)).Count(pair => pair.First == pair.Second);
        }));
        return Train(features, labels, isLinear, best);

        int[] Where(Func<int, bool> isChosen) => [.. Enumerable.Range(0, fold.Length).Where(i => isChosen(fold[i]))];

        int[] Of(int[] records) => Array.ConvertAll(records, i => labels[i]);
    }

    /// <summary>The class of each record.</summary>
    /// <param name="features">[N, D] row-major.</param>
    public int[] Predict(float[] features)
    {
        var records = Rows(features, dimension, means, scales);
        var predicted = new int[records.Length];
        Parallel.For(0, records.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            Span<int> votes = new int[classes];
            var alike = Array.ConvertAll(vectors, vector => kernel.Of(vector, records[i]));
            foreach (var pair in pairs) votes[pair.Decision(alike) >= 0 ? pair.First : pair.Second]++;
            var most = 0;
            for (var k = 1; k < votes.Length; k++) most = votes[k] > votes[most] ? k : most;
            predicted[i] = most;
        });
        return predicted;
    }

    /// <summary>The machine that tells two classes apart.</summary>
    private sealed record Pair(int First, int Second, double Bias, (int Vector, double Weight)[] Support)
    {
        /// <summary>f(x), positive where x looks like the first, of k(v, x) of every support vector v.</summary>
        public double Decision(double[] alike)
        {
            var sum = Bias;
            foreach (var (vector, weight) in Support) sum += weight * alike[vector];
            return sum;
        }
    }

    private static float[] Take(float[] features, int[] records, int d) => [.. records.SelectMany(i => features.AsSpan(i * d, d).ToArray())];

    private static (double[] Means, double[] Scales) Moments(float[] features, int d)
    {
        var n = features.Length / d;
        double[] centre = new double[d], squares = new double[d];
        for (var i = 0; i < features.Length; i++) centre[i % d] += (double)features[i] / n;
        for (var i = 0; i < features.Length; i++) squares[i % d] += Math.Pow(features[i] - centre[i % d], 2) / n;
        return (centre, Array.ConvertAll(squares, square => square > 0 ? 1 / Math.Sqrt(square) : 0));
    }

    private static double[][] Rows(float[] features, int d, double[] centre, double[] factors)
    {
        var rows = new double[features.Length / d][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new double[d];
            for (var k = 0; k < d; k++) rows[i][k] = (features[i * d + k] - centre[k]) * factors[k];
        }
        return rows;
    }
}
