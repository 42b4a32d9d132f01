using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Rdp;

/// <summary>
/// The exact Rényi divergence of a Poisson-sampled Gaussian, R(α) = ln A/(α − 1) with A = E over x ~ N(0, σ²) of
/// (1 − q + q·e^((2x − 1)/(2σ²)))^α, at any order (Mironov, Talwar, Zhang 2019, arXiv 1908.10530, section 3.3). Removal is the worse direction.
/// </summary>
internal static class SampledGaussian
{
    private const double Reach = 12; // standard deviations either side of the two bumps of the integrand

    /// <summary>R(α), relative error about 1e-12.</summary>
    /// <param name="rate">q in (0, 1).</param>
    /// <param name="sigma">σ &gt; 0.</param>
    /// <param name="alpha">α &gt; 1; at ∞ the divergence is infinite.</param>
    /// <remarks>
    /// The trapezoid rule converges exponentially for an analytic integrand: the step resolves the normal density (σ/8) and the logistic kink
    /// (σ²/4). With u = q·(e^z − 1), E[u] = 0, so A − 1 = E[(1 + u)^α − 1 − αu] is summed without cancellation.
    /// </remarks>
    public static double Divergence(double rate, double sigma, double alpha)
    {
        if (double.IsPositiveInfinity(alpha)) return alpha;
        var step = Math.Min(sigma / 8, sigma * sigma / 4);
        // The integrand has a bump at 0 and one at α, each of width σ, and nothing between them once they are apart.
        var (first, last) = (-Reach * sigma, Reach * sigma);
        var exponents = new List<double>(); // ln of weight·(1 + u)^α
        var excess = 0.0;                   // Σ weight·((1 + u)^α − 1 − αu)
        if (alpha - Reach * sigma <= last) Add(first, alpha + Reach * sigma);
        else
        {
            Add(first, last);
            Add(alpha - Reach * sigma, alpha + Reach * sigma);
        }
        var logScale = Math.Log(step / (sigma * Math.Sqrt(2 * Math.PI)));
        excess *= Math.Exp(logScale);
        var logA = excess < 1 ? Elementary.Log1p(excess) : logScale + Elementary.LogSumExp(exponents.ToArray());
        return Math.Max(0, logA) / (alpha - 1);

        void Add(double from, double to)
        {
            // Nodes on one grid, so that the two ranges are parts of one trapezoid sum.
            for (var k = (long)Math.Floor(from / step); k * step <= to; k++)
            {
                double x = k * step, z = (2 * x - 1) / (2 * sigma * sigma), logWeight = -x * x / (2 * sigma * sigma);
                var u = z < 600 ? rate * Elementary.Expm1(z) : double.PositiveInfinity;
                var logBase = z < 600 ? Elementary.Log1p(u) : Math.Log(rate) + z;
                var exponent = alpha * logBase + logWeight;
                exponents.Add(exponent);
                excess += alpha * logBase < 30
                    ? Math.Exp(logWeight) * PowerExcess(u, logBase, alpha)
                    : Math.Exp(exponent) - Math.Exp(logWeight) - Math.Exp(logWeight + Math.Log(alpha * rate) + z);
            }
        }
    }

    /// <summary>(1 + u)^α − 1 − αu; by the binomial series where the difference would cancel.</summary>
    private static double PowerExcess(double u, double logBase, double alpha)
    {
        if (Math.Abs(u) * alpha > 1e-3) return Elementary.Expm1(alpha * logBase) - alpha * u;
        double term = alpha * (alpha - 1) / 2 * u * u, sum = term;
        for (var k = 3; k <= 8; k++) sum += term *= (alpha - k + 1) / k * u;
        return sum;
    }
}
