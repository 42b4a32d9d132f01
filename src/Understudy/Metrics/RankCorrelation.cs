namespace Understudy.Metrics;

/// <summary>How far two rankings of the same things agree: 1 the same order, −1 the opposite one.</summary>
public static class RankCorrelation
{
    /// <summary>Kendall's τ-b, which counts pairs in the same and in opposite order and allows for ties; NaN where one ranking has but ties.</summary>
    /// <remarks>(C − D) / √((P − T_x)(P − T_y)), P all pairs, T those tied in x or y (Kendall, "The treatment of ties in ranking problems", Biometrika 33, 1945).</remarks>
    /// <param name="x">[N] one score of each.</param>
    /// <param name="y">[N] the other.</param>
    public static double Kendall(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        RequireSameLength(x, y);
        long agreeing = 0, pairs = 0, tiedX = 0, tiedY = 0;
        for (var i = 0; i < x.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (inX, inY) = (x[i].CompareTo(x[j]), y[i].CompareTo(y[j]));
                pairs++;
                agreeing += Math.Sign(inX) * Math.Sign(inY);
                if (inX == 0) tiedX++;
                if (inY == 0) tiedY++;
            }
        }
        var scale = Math.Sqrt((pairs - tiedX) * (double)(pairs - tiedY));
        return scale == 0 ? double.NaN : agreeing / scale;
    }

    /// <summary>Spearman's ρ: Pearson's correlation of the ranks, tied ones averaged; NaN where one ranking has but ties.</summary>
    /// <inheritdoc cref="Kendall" path="/param"/>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        RequireSameLength(x, y);
        double[] a = Ranks(x), b = Ranks(y);
        var middle = (x.Count + 1) / 2.0;
        double both = 0, ofA = 0, ofB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            both += (a[i] - middle) * (b[i] - middle);
            ofA += Math.Pow(a[i] - middle, 2);
            ofB += Math.Pow(b[i] - middle, 2);
        }
        return ofA == 0 || ofB == 0 ? double.NaN : both / Math.Sqrt(ofA * ofB);
    }

    private static double[] Ranks(IReadOnlyList<double> values) =>
        [.. values.Select(value => values.Count(other => other < value) + ((values.Count(other => other == value) + 1) / 2.0))];

    private static void RequireSameLength(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count) throw new ArgumentException($"{x.Count} and {y.Count} scores cannot rank the same things", nameof(y));
    }
}
