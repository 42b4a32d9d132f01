using Understudy.Metrics;

namespace Understudy.Attacks.Auditing;

/// <summary>
/// Lower limits of TPR/FPR, whose logarithm bounds ε of pure differential privacy. They are approximations, tighter than Clopper–Pearson but
/// without its certainty (Price and Bonett, "Confidence intervals for a ratio of two independent binomial proportions", 2008).
/// </summary>
public static class RateRatio
{
    /// <summary>The limit.</summary>
    /// <remarks>
    /// Where the logarithm would be infinite, counts are moved inwards: a zero of false positives to ½ (to z² for the inverse hyperbolic sine), and
    /// half a record off where all of both kinds are called members (for Bailey: of either).
    /// </remarks>
    /// <param name="method">How it is approximated.</param>
    /// <param name="counts">What the attack got right and wrong.</param>
    /// <param name="alpha">Probability that the limit is wrong, in (0, ½).</param>
    /// <returns>0 where no member is called one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count or α is outside its range.</exception>
    public static double Lower(RateRatioMethod method, AttackCounts counts, double alpha)
    {
        counts.Check();
        if (!(alpha > 0 && alpha < 0.5)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "α lies strictly between 0 and ½");
        if (counts.TruePositives == 0) return 0;
        var z = -Distributions.NormalQuantile(alpha);
        double n = counts.Members, m = counts.NonMembers, x = counts.TruePositives, y = counts.FalsePositives;
        var (allMembers, allNonMembers) = (x == n, y == m);
        var both = allMembers && allNonMembers;
        if (both || (allMembers && method == RateRatioMethod.Bailey)) x = n - 0.5;
        if (both || (allNonMembers && method == RateRatioMethod.Bailey)) y = m - 0.5;
        if (y == 0 && method != RateRatioMethod.AdjustedLog) y = method == RateRatioMethod.InverseSinh ? z * z : 0.5;
        var ratio = x / n / (y / m);
        return method switch
        {
            RateRatioMethod.KatzLog => ratio * Math.Exp(-z * Math.Sqrt(1 / x - 1 / n + 1 / y - 1 / m)),
            RateRatioMethod.AdjustedLog => (x + 0.5) / (n + 0.5) / ((y + 0.5) / (m + 0.5))
                * Math.Exp(-z * Math.Sqrt(1 / (x + 0.5) - 1 / (n + 0.5) + 1 / (y + 0.5) - 1 / (m + 0.5))),
            RateRatioMethod.Bailey => ratio * Math.Pow(BaileyRoot(x, 1 - x / n, y, 1 - y / m, z), 3),
            RateRatioMethod.InverseSinh => ratio * Math.Exp(-2 * Math.Asinh(z / 2 * Math.Sqrt(1 / x - 1 / n + 1 / y - 1 / m))),
            _ => throw new ArgumentOutOfRangeException(nameof(method)),
        };
    }

    private static double BaileyRoot(double x, double fnr, double y, double tnr, double z) =>
        (1 - z / 3 * Math.Sqrt(fnr / x + tnr / y - z * z * fnr * tnr / (9 * x * y))) / (1 - z * z * tnr / (9 * y));
}
