using MathNet.Numerics;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Rdp;

/// <summary>
/// The bound of Wang, Balle, Kasiviswanathan 2018 (arXiv 1808.00087, Theorem 9 and its Gaussian form) on the Rényi divergence of a Gaussian
/// sum over a batch drawn without replacement, under replacement of one record. At integer orders α,
/// A ≤ 1 + C(α,2)q²·min{4(e^(1/σ²) − 1), 2e^(1/σ²)} + Σ_{j=3..α} C(α,j)qʲ·min{4√(B_{2⌊j/2⌋}·B_{2⌈j/2⌉}), 2g(j)}, where g(j) = e^(j(j−1)/(2σ²))
/// and B_l = E_Q[(e^L − 1)^l]; between integers ln A is interpolated, which convexity allows.
/// </summary>
/// <param name="rate">q = B/N.</param>
/// <param name="sigma">σ relative to the full replace-one sensitivity.</param>
internal sealed class FixedBatchGaussian(double rate, double sigma)
{
    private const int HighestTernary = 256; // beyond, the differences B_l no longer help

    private const int HighestOrder = 4096;  // beyond, sampling no longer helps and the sum is long

    private readonly double inverseVariance = 1 / (sigma * sigma);
    private readonly Dictionary<int, double> logMoments = [];

    /// <summary>R(α), α in (1, ∞].</summary>
    public double Divergence(double alpha)
    {
        var unsampled = RenyiDivergence.Gaussian(1 / sigma, alpha);
        if (alpha > HighestOrder) return unsampled;
        int low = (int)Math.Floor(alpha), high = (int)Math.Ceiling(alpha);
        var logA = low == high ? LogA(low) : LogA(low) + (alpha - low) * (LogA(high) - LogA(low));
        // Sampling never hurts: joint quasi-convexity bounds it by the unsampled Gaussian.
        return Math.Min(logA / (alpha - 1), unsampled);
    }

    private double LogA(int order)
    {
        if (order == 1) return 0;
        var terms = new double[order];
        terms[1] = LogBinomial(order, 2) + 2 * Math.Log(rate)
            + Math.Min(Math.Log(4) + Math.Log(Elementary.Expm1(inverseVariance)), Math.Log(2) + inverseVariance);
        for (var j = 3; j <= order; j++)
        {
            var bound = Math.Log(2) + j * (j - 1) * 0.5 * inverseVariance;
            if (order <= HighestTernary) bound = Math.Min(bound, Math.Log(4) + 0.5 * (LogMoment(j / 2 * 2) + LogMoment((j + 1) / 2 * 2)));
            terms[j - 1] = LogBinomial(order, j) + j * Math.Log(rate) + bound;
        }
        return Elementary.LogSumExp(terms);
    }

    /// <summary>ln E_Q[(e^L − 1)^l] for even l, as an integral of positive terms by the trapezoid rule; the alternating sum would cancel.</summary>
    private double LogMoment(int l)
    {
        if (logMoments.TryGetValue(l, out var known)) return known;
        const double reach = 12;
        var step = Math.Min(sigma / 8, sigma * sigma / 4);
        var exponents = new List<double>();
        if (l - reach * sigma <= reach * sigma) Add(-reach * sigma, l + reach * sigma);
        else
        {
            Add(-reach * sigma, reach * sigma);
            Add(l - reach * sigma, l + reach * sigma);
        }
        return logMoments[l] = Elementary.LogSumExp(exponents.ToArray()) + Math.Log(step / (sigma * Math.Sqrt(2 * Math.PI)));

        void Add(double from, double to)
        {
            for (var k = (long)Math.Floor(from / step); k * step <= to; k++)
            {
                double x = k * step, loss = (2 * x - 1) * 0.5 * inverseVariance;
                var logDistance = loss > 30 ? loss : Math.Log(Math.Abs(Elementary.Expm1(loss)));
                exponents.Add(l * logDistance - x * x * 0.5 * inverseVariance);
            }
        }
    }

    private static double LogBinomial(int n, int k) => SpecialFunctions.BinomialLn(n, k);
}
