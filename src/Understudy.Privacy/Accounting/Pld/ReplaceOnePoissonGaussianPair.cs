using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// Replacement under Poisson sampling of a Gaussian: (1 − q)·N(0, σ²) + q·N(1, σ²) against (1 − q)·N(0, σ²) + q·N(−1, σ²). The loss is an
/// odd, increasing function of the output x, inverted in closed form: x = σ²·[t/2 + asinh((1 − q)/q · e^(1/(2σ²)) · sinh(t/2))].
/// </summary>
internal sealed class ReplaceOnePoissonGaussianPair(double rate, double sigma) : LossPair
{
    private readonly double logRatio = Math.Log((1 - rate) / rate) + 0.5 / (sigma * sigma);

    public override bool IsSymmetric => true;

    public override RocPoint At(double t, bool inclusive = false)
    {
        if (double.IsNegativeInfinity(t)) return RocPoint.AllAbove;
        var half = Math.Abs(t) / 2;
        // ln of the argument of asinh; sinh(h) = e^h·(1 − e^(−2h))/2.
        var logArgument = logRatio + half + Math.Log(-Elementary.Expm1(-2 * half) / 2);
        var inverse = logArgument > 20 ? logArgument + Math.Log(2) : Math.Asinh(Math.Exp(logArgument));
        var x = Math.Sign(t) * sigma * sigma * (half + inverse);
        return RocPoint.Of(Above(x, 1), Above(-x, -1), Above(x, -1), Above(-x, 1));
    }

    /// <summary>Mass above x of the mixture whose second component sits at <paramref name="mean"/>; below x it is the mass above −x at −mean.</summary>
    private double Above(double x, double mean) => (1 - rate) * Normal.UpperTail(x / sigma) + rate * Normal.UpperTail((x - mean) / sigma);
}
