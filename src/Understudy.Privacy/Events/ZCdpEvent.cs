namespace Understudy.Privacy.Events;

/// <summary>Any mechanism that is (ξ, ρ)-zCDP under the relation in force: R(α) ≤ ξ + ρα for every α &gt; 1 (Bun, Steinke 2016, arXiv 1605.02065).</summary>
/// <param name="Rho">ρ ≥ 0.</param>
/// <param name="Xi">ξ ≥ 0; 0 for plain ρ-zCDP.</param>
public sealed record ZCdpEvent(double Rho, double Xi = 0) : PrivacyEvent
{
    /// <summary>ρ ≥ 0.</summary>
    public double Rho { get; } = Require.NonNegative(Rho);

    /// <summary>ξ ≥ 0.</summary>
    public double Xi { get; } = Require.NonNegative(Xi);
}
