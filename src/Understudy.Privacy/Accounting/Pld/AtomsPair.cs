namespace Understudy.Privacy.Accounting.Pld;

/// <summary>A pair whose loss takes finitely many values.</summary>
internal sealed class AtomsPair : LossPair
{
    private readonly double[] losses;   // [n] ascending
    private readonly double[] pAbove, pAtMost, qAbove, qAtMost; // [n + 1]: masses from atom i on, and before atom i

    /// <param name="atoms">(loss, P-mass) in ascending order; the Q-mass of an atom is P·e^(−loss).</param>
    /// <param name="infiniteMass">P(L = ∞).</param>
    /// <param name="impossibleMass">Q(L = −∞).</param>
    /// <param name="spacing">The spacing of the lattice that the losses lie on, or 0.</param>
    /// <param name="isSymmetric">Whether (Q, P) has the same losses.</param>
    public AtomsPair(IReadOnlyList<(double Loss, double P)> atoms, double infiniteMass, double impossibleMass, double spacing, bool isSymmetric)
    {
        var n = atoms.Count;
        losses = [.. atoms.Select(a => a.Loss)];
        (InfiniteMass, AtomSpacing, IsSymmetric) = (infiniteMass, spacing, isSymmetric);
        (pAbove, pAtMost, qAbove, qAtMost) = (new double[n + 1], new double[n + 1], new double[n + 1], new double[n + 1]);
        pAbove[n] = infiniteMass;
        for (var i = n - 1; i >= 0; i--)
        {
            pAbove[i] = pAbove[i + 1] + atoms[i].P;
            qAbove[i] = qAbove[i + 1] + atoms[i].P * Math.Exp(-atoms[i].Loss);
        }
        qAtMost[0] = impossibleMass;
        for (var i = 0; i < n; i++)
        {
            pAtMost[i + 1] = pAtMost[i] + atoms[i].P;
            qAtMost[i + 1] = qAtMost[i] + atoms[i].P * Math.Exp(-atoms[i].Loss);
        }
    }

    public override double MinLoss => losses[0];

    public override double MaxLoss => losses[^1];

    public override double AtomSpacing { get; }

    public override double InfiniteMass { get; }

    public override bool IsSymmetric { get; }

    public override RocPoint At(double t, bool inclusive = false)
    {
        // First atom above the threshold.
        int low = 0, high = losses.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Same(t, losses[middle]) ? inclusive : losses[middle] > t) high = middle;
            else low = middle + 1;
        }
        return RocPoint.Of(pAbove[low], pAtMost[low], qAbove[low], qAtMost[low]);
    }
}
