namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// Dominates every pair (1 − q)·R + q·A against (1 − q)·R + q·B, in either direction, whatever R is, if the inner pair dominates A, B and R against one
/// another: sampling where a record replaces what is sampled. Of orders α ≥ 1 the hockey stick is that of (1 − q)·Q + q·P against Q (advanced
/// joint convexity: Balle, Barthe, Gaboardi 2018, arXiv 1807.01647, Theorem 2), and both directions share it. So losses above 0 are as there, losses below 0
/// mirror them, and what is left lies at 0.
/// </summary>
internal sealed class MixedReplacementPair(double rate, LossPair inner) : LossPair
{
    private readonly PoissonSampledPair removal = new(rate, inner);

    public override double MinLoss => -removal.MaxLoss;

    public override double MaxLoss => removal.MaxLoss;

    public override double InfiniteMass => removal.InfiniteMass;

    public override bool IsSymmetric => true;

    public override RocPoint At(double t, bool inclusive = false)
    {
        if (t > 0 || (t == 0 && !inclusive)) return removal.At(t, inclusive);
        return removal.At(-t, !inclusive).Mirrored();
    }
}
