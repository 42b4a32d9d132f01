using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// Σ pᵢ·N(cᵢ, s²) against N(0, s²), cᵢ ≥ 0. The loss ln Σ pᵢ·e^((2cᵢx − cᵢ²)/(2s²)) is convex and increasing in the output x, so Newton's
/// method from the right inverts it.
/// </summary>
internal sealed class GaussianMixturePair : LossPair
{
    private readonly double deviation;
    private readonly double[] means;
    private readonly double[] weights;

    public GaussianMixturePair(double deviation, IReadOnlyList<double> sensitivities, IReadOnlyList<double> probabilities)
    {
        var used = Enumerable.Range(0, sensitivities.Count).Where(i => probabilities[i] > 0).OrderBy(i => sensitivities[i]).ToArray();
        this.deviation = deviation;
        means = [.. used.Select(i => sensitivities[i])];
        weights = [.. used.Select(i => probabilities[i])];
        var idle = Enumerable.Range(0, means.Length).Where(i => means[i] == 0).Sum(i => weights[i]);
        MinLoss = idle > 0 ? Math.Log(idle) : double.NegativeInfinity;
    }

    public override double MinLoss { get; }

    public override RocPoint At(double t, bool inclusive = false)
    {
        if (t <= MinLoss) return RocPoint.AllAbove;
        var x = OutputAt(t);
        double above = 0, atMost = 0;
        for (var i = 0; i < means.Length; i++)
        {
            above += weights[i] * Normal.UpperTail((x - means[i]) / deviation);
            atMost += weights[i] * Normal.Cdf((x - means[i]) / deviation);
        }
        return RocPoint.Of(above, atMost, Normal.UpperTail(x / deviation), Normal.Cdf(x / deviation));
    }

    /// <summary>The output x with loss t.</summary>
    private double OutputAt(double t)
    {
        double variance = deviation * deviation, last = means[^1];
        var x = (t - Math.Log(weights[^1])) * variance / last + last / 2; // the largest component alone reaches t here
        for (var iteration = 0; iteration < 200; iteration++)
        {
            double largest = double.NegativeInfinity, sum = 0, slope = 0;
            for (var i = 0; i < means.Length; i++) largest = Math.Max(largest, Exponent(i, x));
            for (var i = 0; i < means.Length; i++)
            {
                var term = weights[i] * Math.Exp(Exponent(i, x) - largest);
                sum += term;
                slope += term * means[i] / variance;
            }
            var step = (largest + Math.Log(sum) - t) * sum / slope;
            x -= step;
            if (Math.Abs(step) <= 1e-15 * Math.Max(deviation, Math.Abs(x)) || !double.IsFinite(x)) break;
        }
        return x;

        double Exponent(int i, double at) => means[i] * (2 * at - means[i]) / (2 * variance);
    }
}
