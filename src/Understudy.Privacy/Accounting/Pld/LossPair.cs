using Understudy.Privacy.Numerics;

namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// A pair (P, Q) of output distributions that dominates a mechanism in one direction of its neighbouring relation. The privacy loss is
/// L = ln(dP/dQ); δ(ε) = P(L &gt; ε) − e^ε·Q(L &gt; ε), for every real ε.
/// </summary>
internal abstract class LossPair
{
    /// <summary>The infimum of the finite losses; −∞ where unbounded.</summary>
    public virtual double MinLoss => double.NegativeInfinity;

    /// <summary>The supremum of the finite losses; +∞ where unbounded.</summary>
    public virtual double MaxLoss => double.PositiveInfinity;

    /// <summary>The spacing of the lattice on which atoms of the loss lie, counted from <see cref="MinLoss"/>; 0 where there is none.</summary>
    public virtual double AtomSpacing => 0;

    /// <summary>P(L = ∞).</summary>
    public virtual double InfiniteMass => 0;

    /// <summary>Whether (Q, P) has the same losses, so that one direction speaks for both.</summary>
    public virtual bool IsSymmetric => false;

    /// <summary>The threshold t on the ROC curve; with <paramref name="inclusive"/> losses equal to t count as above it.</summary>
    public abstract RocPoint At(double t, bool inclusive = false);

    /// <summary>The pair of the other direction, (Q, P).</summary>
    public LossPair Reverse() => IsSymmetric ? this : this is ReversedPair reversed ? reversed.Original : new ReversedPair(this);

    /// <summary>The hockey-stick divergence δ(ε) of one release.</summary>
    public virtual double HockeyStick(double epsilon)
    {
        var point = At(epsilon);
        var q = Math.Exp(epsilon) * point.QAbove;
        // In the lower half both complements are exact: 1 − e^ε + (e^ε·Q(L ≤ ε) − P(L ≤ ε)).
        var difference = point is { PBelow: true, QBelow: true }
            ? -Elementary.Expm1(epsilon) + (Math.Exp(epsilon) * point.Q - point.P)
            : point.PAbove - q;
        return Math.Clamp(difference, 0, 1);
    }

    /// <summary>Whether two thresholds are the same up to rounding.</summary>
    public static bool Same(double t, double atom, double slack = 1) =>
        t == atom || Math.Abs(t - atom) < double.PositiveInfinity && Math.Abs(t - atom) <= 1e-12 * slack * Math.Max(1e-3, Math.Abs(atom));

    private sealed class ReversedPair(LossPair original) : LossPair
    {
        public LossPair Original => original;

        public override double MinLoss => -original.MaxLoss;

        public override double MaxLoss => -original.MinLoss;

        public override double AtomSpacing => original.AtomSpacing;

        // Q(L = −∞): what of Q lies below every finite loss.
        public override double InfiniteMass => original.At(double.NegativeInfinity).QAtMost;

        public override RocPoint At(double t, bool inclusive = false) => original.At(-t, !inclusive).Mirrored();
    }
}
