namespace Understudy.Privacy.Accounting.Pld;

/// <summary>
/// Where a threshold t on the privacy loss L stands on the ROC curve of a pair (P, Q): the true-positive rate P(L &gt; t) and the
/// false-positive rate Q(L &gt; t). Each may be given by its complement instead, so that both tails keep their relative precision.
/// </summary>
/// <param name="P">P(L &gt; t), or P(L ≤ t) if <paramref name="PBelow"/>.</param>
/// <param name="PBelow">Whether P is the mass at or below t.</param>
/// <param name="Q">Q(L &gt; t), or Q(L ≤ t) if <paramref name="QBelow"/>.</param>
/// <param name="QBelow">Whether Q is the mass at or below t.</param>
internal readonly record struct RocPoint(double P, bool PBelow, double Q, bool QBelow)
{
    public double PAbove => PBelow ? 1 - P : P;

    public double QAbove => QBelow ? 1 - Q : Q;

    public double PAtMost => PBelow ? P : 1 - P;

    public double QAtMost => QBelow ? Q : 1 - Q;

    /// <summary>P-mass and Q-mass of the losses in (low, high].</summary>
    public static (double P, double Q) Between(RocPoint low, RocPoint high) =>
        (Mass(low.P, low.PBelow, high.P, high.PBelow), Mass(low.Q, low.QBelow, high.Q, high.QBelow));

    /// <summary>Every loss lies above.</summary>
    public static readonly RocPoint AllAbove = new(0, true, 0, true);

    /// <summary>No loss lies above.</summary>
    public static readonly RocPoint NoneAbove = new(0, false, 0, false);

    /// <summary>From the masses above and at or below, whichever of the two is the smaller.</summary>
    public static RocPoint Of(double pAbove, double pAtMost, double qAbove, double qAtMost) => new(
        pAbove <= pAtMost ? pAbove : pAtMost, pAbove > pAtMost, qAbove <= qAtMost ? qAbove : qAtMost, qAbove > qAtMost);

    /// <summary>The same point seen from the pair (Q, P), whose losses are the negatives: what was at or below is now at or above.</summary>
    public RocPoint Mirrored() => new(Q, !QBelow, P, !PBelow);

    /// <summary>The point a fraction of the way from this one to a lower threshold; what lies between is an atom, which may be split.</summary>
    public RocPoint Towards(RocPoint lower, double fraction)
    {
        var (p, q) = Between(lower, this);
        return new RocPoint(PBelow ? P - fraction * p : P + fraction * p, PBelow, QBelow ? Q - fraction * q : Q + fraction * q, QBelow);
    }

    private static double Mass(double low, bool lowBelow, double high, bool highBelow) => (lowBelow, highBelow) switch
    {
        (false, false) => low - high,
        (true, true) => high - low,
        (true, false) => 1 - low - high,
        (false, true) => low - (1 - high),
    };
}
