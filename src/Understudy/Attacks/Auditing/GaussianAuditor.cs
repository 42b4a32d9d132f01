using Understudy.Metrics;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;

namespace Understudy.Attacks.Auditing;

/// <summary>
/// Clopper–Pearson limits of an attack's rates against what μ-Gaussian DP allows (Nasr et al., "Tight auditing of differentially private
/// machine learning", USENIX Security 2023, arXiv 2302.07956). Bounds hold under the hypothesis that the mechanism is Gaussian DP.
/// </summary>
/// <param name="delta">δ, in (0, 1).</param>
public sealed class GaussianAuditor(double delta) : Auditor(RequirePositive(delta))
{
    /// <inheritdoc/>
    public override string Name => "Gaussian DP";

    /// <inheritdoc/>
    public override bool Refutes(AttackCounts counts, double epsilon, double significance) => LowerBound(counts, significance) > epsilon;

    /// <summary>The ε at which δ(ε) = Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ) is δ, for the lower bound on μ.</summary>
    /// <inheritdoc cref="Auditor.LowerBound" path="/param"/>
    public override double LowerBound(AttackCounts counts, double significance) =>
        AnalyticGaussian.EpsilonAt(MuLowerBound(counts, significance), new Delta(Delta)).Value;

    /// <summary>Φ⁻¹(1 − FPR_upper) − Φ⁻¹(FNR_upper), each limit at half the significance; at least 0, and 0 where a limit reaches 1 − δ.</summary>
    /// <inheritdoc cref="Auditor.LowerBound" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">A count or the significance is outside its range.</exception>
    public double MuLowerBound(AttackCounts counts, double significance)
    {
        counts.Check();
        var fnr = ClopperPearson.Upper(counts.Members - counts.TruePositives, counts.Members, significance / 2);
        var fpr = ClopperPearson.Upper(counts.FalsePositives, counts.NonMembers, significance / 2);
        if (Math.Max(fpr, fnr) >= 1 - Delta) return 0;
        return Math.Max(0, -Distributions.NormalQuantile(fpr) - Distributions.NormalQuantile(fnr));
    }
}
