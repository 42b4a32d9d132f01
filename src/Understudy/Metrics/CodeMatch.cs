using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>How well codes found without labels stand for the classes, when each code is matched with at most one class.</summary>
/// <remarks>The measure of InfoGAN's claim of 5 % error on MNIST (Chen et al., NIPS 2016, 1606.03657, section 7.2).</remarks>
public static class CodeMatch
{
    /// <summary>The share of records whose code is not matched with their class, under the best one-to-one match.</summary>
    /// <param name="codes">[N] in [0, codeCount).</param>
    /// <param name="labels">[N] in [0, K).</param>
    /// <param name="codeCount">Number of codes.</param>
    /// <param name="classCount">K.</param>
    /// <param name="level">Confidence level of the interval, in (0, 1).</param>
    /// <exception cref="InputException">There are no records, or the lengths disagree.</exception>
    public static Metric Error(ReadOnlySpan<int> codes, ReadOnlySpan<int> labels, int codeCount, int classCount, double level = 0.95)
    {
        if (codes.Length == 0 || codes.Length != labels.Length) throw new InputException($"{codes.Length} codes for {labels.Length} labels; give one of each for at least one record");
        var side = Math.Max(codeCount, classCount);
        var together = new int[side, side];
        for (var i = 0; i < codes.Length; i++) together[codes[i], labels[i]]++;
        var match = Assign(together);
        var wrong = codes.Length;
        for (var code = 0; code < side; code++) wrong -= together[code, match[code]];
        return new Metric(
            "unsupervised error",
            (double)wrong / codes.Length,
            ClopperPearson.TwoSided(wrong, codes.Length, level),
            "first categorical code read from real test images; codes matched one-to-one with classes on the same images");
    }

    /// <summary>The column of each row that makes the sum of the chosen entries largest, each column once (Kuhn–Munkres, with potentials).</summary>
    private static int[] Assign(int[,] gain)
    {
        var n = gain.GetLength(0);
        var rowPotential = new long[n + 1];
        var columnPotential = new long[n + 1];
        var rowOf = new int[n + 1]; // by column, both from 1; 0 is none
        for (var row = 1; row <= n; row++)
        {
            var cameFrom = new int[n + 1];
            var slack = new long[n + 1];
            Array.Fill(slack, long.MaxValue);
            var visited = new bool[n + 1];
            rowOf[0] = row;
            var column = 0;
            do
            {
                visited[column] = true;
                var (next, least) = (0, long.MaxValue);
                for (var j = 1; j <= n; j++)
                {
                    if (visited[j]) continue;
                    var reduced = -gain[rowOf[column] - 1, j - 1] - rowPotential[rowOf[column]] - columnPotential[j];
                    if (reduced < slack[j]) (slack[j], cameFrom[j]) = (reduced, column);
                    if (slack[j] < least) (least, next) = (slack[j], j);
                }
                for (var j = 0; j <= n; j++)
                {
                    if (visited[j])
                    {
                        rowPotential[rowOf[j]] += least;
                        columnPotential[j] -= least;
                    }
                    else
                    {
                        slack[j] -= least;
                    }
                }
                column = next;
            }
            while (rowOf[column] != 0);
            for (; column != 0; column = cameFrom[column]) rowOf[column] = rowOf[cameFrom[column]];
        }
        var match = new int[n];
        for (var j = 1; j <= n; j++) match[rowOf[j] - 1] = j - 1;
        return match;
    }
}
