namespace Understudy.Privacy.Tests.Sampling;

/// <summary>Whether batches look like Poisson samples: four statistics with known distributions, each with the same false-alarm rate.</summary>
internal static class InclusionCheck
{
    /// <summary>What is wrong with the batches: any of "record counts", "batch sizes", "pairs", "steps".</summary>
    /// <param name="batches">S batches of record numbers.</param>
    /// <param name="records">N.</param>
    /// <param name="rate">q.</param>
    /// <param name="falseAlarm">How probable each violation is in Poisson samples.</param>
    public static IReadOnlyList<string> Violations(IReadOnlyList<int[]> batches, int records, double rate, double falseAlarm = Statistics.FalseAlarm)
    {
        var taken = new bool[batches.Count, records];
        for (var step = 0; step < batches.Count; step++)
            foreach (var record in batches[step])
            {
                Assert.False(taken[step, record]);
                taken[step, record] = true;
            }
        // Standardised coins: mean 0, variance 1.
        double high = Math.Sqrt((1 - rate) / rate), low = -Math.Sqrt(rate / (1 - rate));
        double Coin(int step, int record) => taken[step, record] ? high : low;

        var wrong = new List<string>();
        if (TwoSidedChiSquare(Columns(), records) < falseAlarm) wrong.Add("record counts");
        if (SizeTail() < falseAlarm) wrong.Add("batch sizes");
        if (TwoSidedChiSquare(Pairs(), records * (records - 1) / 2) < falseAlarm) wrong.Add("pairs");
        if (TwoSidedChiSquare(Steps(), records) < falseAlarm) wrong.Add("steps");
        return wrong;

        // Each record's count is Bin(S, q): Σ (c − Sq)²/(Sq(1 − q)) is χ² with N degrees. Too even is as wrong as too uneven.
        double Columns() => Enumerable.Range(0, records).Sum(r => Square(Enumerable.Range(0, batches.Count).Sum(s => Coin(s, r))) / batches.Count);

        // The size has variance V = Nq(1 − q), and its standardised square has variance 2 + (1 − 6q(1 − q))/V.
        double SizeTail()
        {
            var variance = records * rate * (1 - rate);
            var excess = batches.Sum(b => Square(b.Length - records * rate) / variance - 1);
            return Statistics.TwoSided(excess / Math.Sqrt(batches.Count * (2 + (1 - 6 * rate * (1 - rate)) / variance)));
        }

        // Two records' coins are uncorrelated: S times the squared correlations add up to χ² with N(N − 1)/2 degrees.
        double Pairs()
        {
            var sum = 0.0;
            for (var i = 0; i < records; i++)
                for (var j = i + 1; j < records; j++)
                {
                    var product = 0.0;
                    for (var s = 0; s < batches.Count; s++) product += Coin(s, i) * Coin(s, j);
                    sum += product * product / batches.Count;
                }
            return sum;
        }

        // So are one record's coins in successive steps.
        double Steps() => Enumerable.Range(0, records).Sum(r =>
            Square(Enumerable.Range(1, batches.Count - 1).Sum(s => Coin(s, r) * Coin(s - 1, r))) / (batches.Count - 1));
    }

    private static double TwoSidedChiSquare(double statistic, int degrees)
    {
        var upper = Statistics.ChiSquareTail(statistic, degrees);
        return 2 * Math.Min(upper, 1 - upper);
    }

    private static double Square(double x) => x * x;
}
