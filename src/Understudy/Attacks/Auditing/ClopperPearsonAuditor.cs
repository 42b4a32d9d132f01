using Understudy.Metrics;

namespace Understudy.Attacks.Auditing;

/// <summary>
/// Clopper–Pearson limits of an attack's rates against what (ε, δ)-DP allows (Jagielski, Ullman and Oprea, "Auditing differentially private
/// machine learning", arXiv 2006.07709; Nasr et al., "Adversary instantiation", arXiv 2101.04535).
/// </summary>
/// <remarks>
/// The limits take records to be independent: many runs, or canaries that do not influence one another. They are limits for the average
/// record; a guarantee speaks of the worst one, so a small bound is no evidence of privacy.
/// </remarks>
/// <param name="delta">δ, in [0, 1).</param>
/// <param name="twoSided">Whether rates of non-members called non-members count too; the same limits hold for both, so that costs nothing.</param>
public sealed class ClopperPearsonAuditor(double delta, bool twoSided = false) : Auditor(delta)
{
    /// <inheritdoc/>
    public override string Name => "Clopper-Pearson";

    /// <inheritdoc/>
    public override bool Refutes(AttackCounts counts, double epsilon, double significance) => LowerBound(counts, significance) > epsilon;

    /// <summary>ln((TPR_lower − δ) / FPR_upper), each limit at half the significance; at least 0.</summary>
    /// <inheritdoc cref="Auditor.LowerBound" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">A count or the significance is outside its range.</exception>
    public override double LowerBound(AttackCounts counts, double significance)
    {
        counts.Check();
        var fnr = ClopperPearson.Upper(counts.Members - counts.TruePositives, counts.Members, significance / 2);
        var fpr = ClopperPearson.Upper(counts.FalsePositives, counts.NonMembers, significance / 2);
        return Math.Max(Bound(1 - fnr, fpr), twoSided ? Bound(1 - fpr, fnr) : 0);
    }

    private double Bound(double right, double wrong) => right <= Delta ? 0 : Math.Max(0, Math.Log((right - Delta) / wrong));
}
