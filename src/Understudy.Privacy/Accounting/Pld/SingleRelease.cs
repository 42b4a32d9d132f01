using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>One release of one pair: its hockey stick is known in closed form, so nothing needs a lattice.</summary>
internal static class SingleRelease
{
    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ.</summary>
    public static double EpsilonAt(LossPair pair, double delta)
    {
        if (pair.HockeyStick(0) <= delta) return 0;
        if (pair.InfiniteMass > delta) return double.PositiveInfinity;
        bool Holds(double epsilon) => pair.HockeyStick(epsilon) <= delta;
        var high = double.IsFinite(pair.MaxLoss) ? Math.Max(pair.MaxLoss, 0) : Monotone.Grow(1e-6, Holds);
        return double.IsInfinity(high) ? high : Monotone.FirstTrue(0, high, Holds);
    }

    /// <summary>δ(ε), which is exact, as both ends of a bracket.</summary>
    public static (double Lower, double Upper) DeltaAt(LossPair pair, double epsilon)
    {
        var delta = double.IsPositiveInfinity(epsilon) ? pair.InfiniteMass : pair.HockeyStick(epsilon);
        return (delta, delta);
    }

    /// <summary>P(L &gt; t) where Q(L &gt; t) is a given rate; an atom at the threshold is split.</summary>
    public static double TruePositiveRate(LossPair pair, double falsePositiveRate)
    {
        var reach = Monotone.Grow(1, t => pair.At(t).QAbove <= falsePositiveRate && pair.At(-t).QAbove >= falsePositiveRate || t > 1e9);
        var threshold = Monotone.FirstTrue(-reach, reach, t => pair.At(t).QAbove <= falsePositiveRate);
        var point = pair.At(threshold);
        return Math.Clamp(point.PAbove + Math.Exp(threshold) * (falsePositiveRate - point.QAbove), 0, 1);
    }
}
