namespace Understudy.Metrics;

/// <summary>How far two samples of a number lie apart: Kullback–Leibler divergence between their histograms.</summary>
public static class HistogramDivergence
{
    /// <summary>KL(P ‖ Q) = Σ p ln(p/q), in nats, with p and q the shares of each bin after one was added to its count.</summary>
    /// <remarks>The one added keeps it finite where a bin of Q is empty, and draws both towards uniform where samples are few.</remarks>
    /// <param name="p">Counts [bins] of P.</param>
    /// <param name="q">Counts [bins] of Q.</param>
    /// <exception cref="ArgumentException">The histograms differ in their number of bins.</exception>
    public static double OfCounts(ReadOnlySpan<long> p, ReadOnlySpan<long> q)
    {
        if (p.Length != q.Length) throw new ArgumentException($"{p.Length} bins cannot be compared with {q.Length}", nameof(q));
        double sumP = p.Length, sumQ = q.Length;
        for (var i = 0; i < p.Length; i++) (sumP, sumQ) = (sumP + p[i], sumQ + q[i]);
        double divergence = 0;
        for (var i = 0; i < p.Length; i++)
        {
            var share = (p[i] + 1) / sumP;
            divergence += share * Math.Log(share / ((q[i] + 1) / sumQ));
        }
        return divergence;
    }

    /// <summary>The same for values, in bins of equal width from the least to the greatest value of either sample; equal values all share one bin.</summary>
    /// <param name="p">Values of P.</param>
    /// <param name="q">Values of Q.</param>
    /// <param name="bins">Number of bins.</param>
    public static double OfValues(IReadOnlyList<double> p, IReadOnlyList<double> q, int bins)
    {
        var (low, high) = (Math.Min(p.Min(), q.Min()), Math.Max(p.Max(), q.Max()));
        var width = high > low ? (high - low) / bins : 1;
        return OfCounts(Histogram(p), Histogram(q));

        long[] Histogram(IReadOnlyList<double> values)
        {
            var counts = new long[bins];
            foreach (var value in values) counts[Math.Min(bins - 1, (int)((value - low) / width))]++;
            return counts;
        }
    }
}
