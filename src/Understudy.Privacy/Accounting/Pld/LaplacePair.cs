using System.Runtime.CompilerServices;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// Lap(1, b) against Lap(0, b): L = (|x| − |x − 1|)/b, with atoms at ±1/b and the density of e^(L/2) (under P) between them.
/// </summary>
internal sealed class LaplacePair(double scale) : LossPair
{
    private readonly double bound = 1 / scale;

    public override double MinLoss => -bound;

    public override double MaxLoss => bound;

    public override double AtomSpacing => 2 * bound;

    public override bool IsSymmetric => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override RocPoint At(double t, bool inclusive = false)
    {
        if (Same(t, bound)) return inclusive ? new RocPoint(0.5, true, 0.5 * Math.Exp(-bound), false) : RocPoint.NoneAbove;
        if (Same(t, -bound)) return inclusive ? RocPoint.AllAbove : new RocPoint(0.5 * Math.Exp(-bound), true, 0.5, false);
        if (t > bound) return RocPoint.NoneAbove;
        if (t < -bound) return RocPoint.AllAbove;
        return new RocPoint(0.5 * Math.Exp((t - bound) / 2), true, 0.5 * Math.Exp(-(t + bound) / 2), false);
    }
}
