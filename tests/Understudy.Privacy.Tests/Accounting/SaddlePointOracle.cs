using System.Numerics;

namespace Understudy.Privacy.Tests.Accounting;

/// <summary>
/// δ(ε) of T Poisson-sampled Gaussian steps by another road than the accountant's: the Bromwich integral
/// δ(ε) = 1/(2πi)·∫ M(s)^T·e^(−sε)/(s(s + 1)) ds along Re s = λ &gt; 0, with M(s) = E_P[e^(sL)] by the trapezoid rule over the output. No lattice, no
/// truncation of the loss.
/// </summary>
internal static class SaddlePointOracle
{
    /// <summary>With the record against without it: P is e^L times the density of N(0, σ²).</summary>
    public static double Removal(double rate, double sigma, long steps, double epsilon, double tilt) =>
        Delta(x => Loss(rate, sigma, x), x => Loss(rate, sigma, x), sigma, steps, epsilon, tilt);

    /// <summary>Without the record against with it: the loss is the negative, and P is the density of N(0, σ²) itself.</summary>
    public static double Addition(double rate, double sigma, long steps, double epsilon, double tilt) =>
        Delta(x => -Loss(rate, sigma, x), _ => 0, sigma, steps, epsilon, tilt);

    private static double Loss(double rate, double sigma, double x) => Math.Log(1 - rate + rate * Math.Exp((2 * x - 1) / (2 * sigma * sigma)));

    private static double Delta(Func<double, double> loss, Func<double, double> logRatio, double sigma, long steps, double epsilon, double tilt)
    {
        var mesh = Math.Min(sigma, sigma * sigma) / 24;
        var nodes = Enumerable.Range(-(int)(14 * sigma / mesh), (int)((28 * sigma + 30) / mesh)).Select(k => k * mesh)
            .Select(x => (Loss: loss(x), Log: -x * x / (2 * sigma * sigma) + logRatio(x) + Math.Log(mesh / (sigma * Math.Sqrt(2 * Math.PI)))))
            .Where(n => n.Log + tilt * n.Loss > -80).ToArray();
        double total = 0, first = 0, second = 0;
        foreach (var n in nodes)
        {
            var mass = Math.Exp(n.Log + tilt * n.Loss);
            (total, first, second) = (total + mass, first + mass * n.Loss, second + mass * n.Loss * n.Loss);
        }
        var deviation = Math.Sqrt(steps * (second / total - first / total * (first / total)));
        var height = 0.2 / deviation; // the sum repeats in ε every 2π/height, 31 deviations
        Complex sum = 0;
        for (var k = 0; k < 4000; k++)
        {
            var s = new Complex(tilt, k * height);
            Complex moment = 0;
            foreach (var n in nodes) moment += Complex.Exp(n.Log + s * n.Loss);
            var term = Complex.Exp(steps * Complex.Log(moment) - s * epsilon) / (s * (s + 1));
            sum += k == 0 ? term / 2 : term;
            if (k > 20 && Complex.Abs(term) < 1e-14 * Complex.Abs(sum)) break;
        }
        return sum.Real * height / Math.PI;
    }
}
