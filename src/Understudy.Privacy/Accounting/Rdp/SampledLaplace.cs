using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Rdp;

/// <summary>
/// The exact Rényi divergence of a Poisson-sampled Laplace mechanism, the larger of removal and addition. With r = e^L the inner loss ratio
/// and m = 1 − q + q·r, removal needs E_Q[m^α] and addition E_Q[m^(1 − α)].
/// </summary>
internal static class SampledLaplace
{
    /// <summary>R(α).</summary>
    /// <param name="rate">q in (0, 1).</param>
    /// <param name="scale">b &gt; 0.</param>
    /// <param name="alpha">α &gt; 1, or ∞.</param>
    public static double Divergence(double rate, double scale, double alpha)
    {
        if (double.IsPositiveInfinity(alpha)) return Mixed(rate, 1 / scale);
        return Math.Max(LogMoment(rate, scale, alpha), LogMoment(rate, scale, 1 - alpha)) / (alpha - 1);
    }

    /// <summary>
    /// ln E_Q[m^s]. Under Q = Lap(0, b) the inner loss is −1/b with probability ½, 1/b with probability ½e^(−1/b), and between them has density
    /// ¼·e^(−(L + 1/b)/2); E_Q[m] = 1, so the sum of m^s − 1 − s(m − 1) is taken where it is small.
    /// </summary>
    private static double LogMoment(double rate, double scale, double s)
    {
        double bound = 1 / scale, excess = 0;
        var exponents = new List<double>();
        Add(Math.Log(0.5), -bound);
        Add(Math.Log(0.5) - bound, bound);
        var edges = Edges(bound, Math.Abs(s));
        for (var panel = 0; panel + 1 < edges.Count; panel++)
        {
            var width = edges[panel + 1] - edges[panel];
            for (var i = 0; i < GaussLegendre.Points; i++)
            {
                var loss = edges[panel] + width * (0.5 + 0.5 * GaussLegendre.Node(i));
                Add(Math.Log(0.25 * 0.5 * width * GaussLegendre.Weight(i)) - (loss + bound) / 2, loss);
            }
        }
        var logMoment = Elementary.LogSumExp(exponents.ToArray());
        return Math.Abs(logMoment) < 0.5 ? Elementary.Log1p(excess) : logMoment;

        void Add(double logWeight, double loss)
        {
            var logM = Mixed(rate, loss);
            exponents.Add(logWeight + s * logM);
            excess += Math.Exp(logWeight) * (Elementary.Expm1(s * logM) - s * rate * Elementary.Expm1(loss));
        }
    }

    /// <summary>Panels between −1/b and 1/b, halving towards both ends, where a high order puts all the weight within 1/|s|.</summary>
    private static List<double> Edges(double bound, double order)
    {
        const int inner = 32;
        var edges = Enumerable.Range(-inner + 1, 2 * inner - 1).Select(i => bound * i / inner).ToList();
        for (var rest = bound / inner; rest * order > 0.25; rest /= 2)
        {
            edges.Insert(0, -bound + rest / 2);
            edges.Add(bound - rest / 2);
        }
        return [-bound, .. edges, bound];
    }

    private static double Mixed(double rate, double loss) => Elementary.Log1p(rate * Elementary.Expm1(loss));
}
