using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>Whether paired values differ, without an assumption on their distribution (Wilcoxon, Biometrics Bulletin 1, 1945).</summary>
/// <param name="Statistic">V: the sum of the ranks of |x − y| where x exceeds y; pairs that are equal are left out.</param>
/// <param name="Pairs">Pairs that differ.</param>
/// <param name="PValue">Two-sided: exact for up to 50 pairs without ties, otherwise normal with corrections for ties and continuity.</param>
public sealed record WilcoxonSignedRank(double Statistic, int Pairs, double PValue)
{
    private const int MostExact = 50;

    /// <summary>Tests paired values.</summary>
    /// <param name="x">[N].</param>
    /// <param name="y">[N].</param>
    /// <exception cref="InputException">Lengths differ.</exception>
    public static WilcoxonSignedRank Test(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count) throw new InputException($"{x.Count} and {y.Count} values are no pairs; measure both on the same records");
        var differences = x.Zip(y, (a, b) => a - b).Where(difference => difference != 0).OrderBy(Math.Abs).ToArray();
        var n = differences.Length;
        if (n == 0) return new WilcoxonSignedRank(0, 0, 1);
        double statistic = 0, ties = 0;
        for (var first = 0; first < n;)
        {
            var next = first + 1;
            while (next < n && Math.Abs(differences[next]) == Math.Abs(differences[first])) next++;
            double rank = (first + 1 + next) / 2.0, tied = next - first;
            statistic += rank * differences[first..next].Count(difference => difference > 0);
            ties += (tied * tied * tied) - tied;
            first = next;
        }
        return new WilcoxonSignedRank(statistic, n, n <= MostExact && ties == 0 ? Exact(statistic, n) : Normal(statistic, n, ties));
    }

    /// <summary>Twice the smaller tail of the number of subsets of 1, …, n with each sum.</summary>
    private static double Exact(double statistic, int n)
    {
        var most = n * (n + 1) / 2;
        var subsets = new double[most + 1];
        subsets[0] = 1;
        for (var rank = 1; rank <= n; rank++)
        {
            for (var sum = most; sum >= rank; sum--) subsets[sum] += subsets[sum - rank];
        }
        var smaller = (int)Math.Min(statistic, most - statistic);
        return Math.Min(1, 2 * subsets.Take(smaller + 1).Sum() / Math.Pow(2, n));
    }

    private static double Normal(double statistic, int n, double ties)
    {
        var mean = n * (n + 1) / 4.0;
        var deviation = Math.Sqrt((n * (n + 1.0) * ((2 * n) + 1) / 24) - (ties / 48));
        var z = Math.Max(0, Math.Abs(statistic - mean) - 0.5) / deviation;
        return 2 * Distributions.NormalCdf(-z);
    }
}
