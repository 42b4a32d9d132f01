namespace Understudy.Metrics;

/// <summary>
/// Exact confidence limits of a binomial proportion, never below their nominal coverage
/// (Clopper and Pearson, "The use of confidence or fiducial limits", Biometrika 26, 1934).
/// </summary>
public static class ClopperPearson
{
    /// <summary>The one-sided upper limit: the proportion exceeds it with confidence at most <paramref name="alpha"/>.</summary>
    /// <param name="successes">k, in [0, trials].</param>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="alpha">Error probability, in (0, 1).</param>
    /// <returns>Beta⁻¹(1 − α; k + 1, n − k); 1 where k = n.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Upper(long successes, long trials, double alpha)
    {
        Check(successes, trials, alpha);
        if (successes == trials) return 1;
        // 1 − α^(1/n) = 1 − e^x, as 2 sinh(−x/2) e^(x/2) so that a small limit keeps all its digits.
        if (successes == 0) return 2 * Math.Sinh(-Math.Log(alpha) / trials / 2) * Math.Exp(Math.Log(alpha) / trials / 2);
        return Distributions.BetaQuantile(1 - alpha, successes + 1, trials - successes);
    }

    /// <summary>The one-sided lower limit: the proportion falls below it with confidence at most <paramref name="alpha"/>.</summary>
    /// <inheritdoc cref="Upper" path="/param"/>
    /// <returns>Beta⁻¹(α; k, n − k + 1); 0 where k = 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Lower(long successes, long trials, double alpha)
    {
        Check(successes, trials, alpha);
        if (successes == 0) return 0;
        if (successes == trials) return Math.Exp(Math.Log(alpha) / trials);
        return Distributions.BetaQuantile(alpha, successes, trials - successes + 1);
    }

    /// <summary>The two-sided interval, half of the error probability on each side.</summary>
    /// <param name="successes">k, in [0, trials].</param>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static Interval TwoSided(long successes, long trials, double level = 0.95)
    {
        var alpha = (1 - level) / 2;
        return new Interval(Lower(successes, trials, alpha), Upper(successes, trials, alpha), level);
    }

    private static void Check(long successes, long trials, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        Distributions.RequireProbability(alpha, "error probability");
    }
}
