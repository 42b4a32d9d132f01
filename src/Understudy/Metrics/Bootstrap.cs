using Understudy.Data;

namespace Understudy.Metrics;

/// <summary>Bias-corrected percentile intervals (Efron, "Nonparametric standard errors and confidence intervals", 1981).</summary>
public static class Bootstrap
{
    /// <summary>Draws made unless told otherwise.</summary>
    public const int DefaultDraws = 1000;

    /// <summary>The interval of an estimate from its resampled values.</summary>
    /// <remarks>
    /// With B draws, z₀ = Φ⁻¹((#{draws &lt; estimate} + 1) / (B + 2)); the ends are the quantiles of the draws at Φ(2z₀ + z_q), q being
    /// half the error probability and its complement. An estimate at the edge of its range from which no draw departs (a perfect
    /// attack) gets an interval of length 0.
    /// </remarks>
    /// <param name="estimate">The value on the data themselves.</param>
    /// <param name="draws">[B] its values on resampled data; NaNs (draws on which it is not defined) are left out.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="ArgumentException">No draw is a number.</exception>
    public static Interval BiasCorrected(double estimate, ReadOnlySpan<double> draws, double level = 0.95)
    {
        var z = Distributions.TwoSidedQuantile(level);
        var sorted = new List<double>(draws.Length);
        var below = 0;
        foreach (var draw in draws)
        {
            if (double.IsNaN(draw)) continue;
            sorted.Add(draw);
            if (draw < estimate) below++;
        }
        if (sorted.Count == 0) throw new ArgumentException("no draw is a number; the estimate has no interval", nameof(draws));
        sorted.Sort();
        var bias = Distributions.NormalQuantile((below + 1.0) / (sorted.Count + 2.0));
        return new Interval(Quantile(sorted, Distributions.NormalCdf(2 * bias - z)), Quantile(sorted, Distributions.NormalCdf(2 * bias + z)), level);
    }

    /// <summary>Makes draws in parallel; draw b depends on the seed and on b only, not on the number of threads.</summary>
    internal static double[] Draw<TScratch>(int draws, ulong seed, Func<TScratch> scratch, Func<SplitMix64, int, TScratch, double> draw)
    {
        var values = new double[draws];
        Parallel.For(0, draws, Cores.All, scratch, (b, _, local) =>
        {
            values[b] = draw(SplitMix64.ForDraw(seed, b), b, local);
            return local;
        }, static _ => { });
        return values;
    }

    /// <summary>Linear interpolation between order statistics, the value at p (B − 1) counted from 0.</summary>
    private static double Quantile(List<double> sorted, double p)
    {
        var position = p * (sorted.Count - 1);
        var below = (int)position;
        if (below + 1 >= sorted.Count) return sorted[^1];
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}
