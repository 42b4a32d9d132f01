namespace Understudy.Metrics;

/// <summary>
/// Score interval of a binomial proportion: close to its nominal coverage on average, shorter than Clopper–Pearson's
/// (Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927).
/// </summary>
public static class Wilson
{
    /// <summary>Centre of the interval: (k + z²/2) / (n + z²).</summary>
    /// <param name="successes">k, in [0, trials]; half a success is a tie.</param>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="level">Two-sided confidence level, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Rate(double successes, long trials, double level = 0.95)
    {
        var z = Check(successes, trials, level);
        return (successes + z * z / 2) / (trials + z * z);
    }

    /// <summary>Half the length of the interval: z / (n + z²) · √(k (n − k) / n + z²/4).</summary>
    /// <inheritdoc cref="Rate" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Error(double successes, long trials, double level = 0.95)
    {
        var z = Check(successes, trials, level);
        return z / (trials + z * z) * Math.Sqrt(successes * (trials - successes) / trials + z * z / 4);
    }

    /// <summary>The interval, within [0, 1].</summary>
    /// <inheritdoc cref="Rate" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static Interval TwoSided(double successes, long trials, double level = 0.95)
    {
        var rate = Rate(successes, trials, level);
        var error = Error(successes, trials, level);
        // The ends at k = 0 and k = n are 0 and 1 but for rounding.
        return new Interval(Math.Max(0, rate - error), Math.Min(1, rate + error), level);
    }

    private static double Check(double successes, long trials, double level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (!(successes >= 0 && successes <= trials))
            throw new ArgumentOutOfRangeException(nameof(successes), successes, $"successes lie in [0, {trials}]");
        return Distributions.TwoSidedQuantile(level);
    }
}
