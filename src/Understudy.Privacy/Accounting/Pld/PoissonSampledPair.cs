using System.Runtime.CompilerServices;
using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// Removal under Poisson sampling: (1 − q)·Q + q·P against Q, for a symmetric inner pair (P, Q). A loss t here is the inner loss
/// ln(1 + (e^t − 1)/q), so nothing lies below ln(1 − q) (Zhu, Dong, Wang 2022, arXiv 2106.08567, Theorem 11).
/// </summary>
internal sealed class PoissonSampledPair : LossPair
{
    private readonly double rate;
    private readonly LossPair inner;

    public PoissonSampledPair(double rate, LossPair inner)
    {
        if (!inner.IsSymmetric) throw new ArgumentException("only a symmetric pair can be sampled.", nameof(inner));
        this.rate = rate;
        this.inner = inner;
        MinLoss = Elementary.Log1p(rate * Elementary.Expm1(inner.MinLoss));
        MaxLoss = double.IsInfinity(inner.MaxLoss) ? inner.MaxLoss : Elementary.Log1p(rate * Elementary.Expm1(inner.MaxLoss));
    }

    public override double MinLoss { get; }

    public override double MaxLoss { get; }

    public override double AtomSpacing => double.IsFinite(MaxLoss) ? MaxLoss - MinLoss : 0;

    public override double InfiniteMass => rate * inner.InfiniteMass;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override RocPoint At(double t, bool inclusive = false)
    {
        RocPoint point;
        if (Same(t, MinLoss)) point = inner.At(inner.MinLoss, inclusive);
        else if (t < MinLoss) return RocPoint.AllAbove;
        else if (Same(t, MaxLoss)) point = inner.At(inner.MaxLoss, inclusive);
        else point = inner.At(Elementary.Log1p(Math.Max(-1, Elementary.Expm1(t) / rate)), inclusive);
        return RocPoint.Of(
            (1 - rate) * point.QAbove + rate * point.PAbove, (1 - rate) * point.QAtMost + rate * point.PAtMost, point.QAbove, point.QAtMost);
    }
}
