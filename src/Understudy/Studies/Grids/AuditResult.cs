using Understudy.Attacks;

namespace Understudy.Studies.Grids;

/// <summary>What an audit of a method's training shows.</summary>
/// <param name="Method">What the study calls the method.</param>
/// <param name="Budget">ε that it claims at the study's δ.</param>
/// <param name="Claimed">ε that it thereby claims at the δ of the audit.</param>
/// <param name="Score">How canaries were told, in words.</param>
/// <param name="Canaries">How many there were; each took part with probability one half.</param>
/// <param name="Bound">The lower bound on ε, to be compared with the claim.</param>
/// <param name="GaussianBound">A tighter one that holds if the method is Gaussian-DP; shown beside, not instead.</param>
public sealed record AuditResult(string Method, double Budget, double Claimed, string Score, int Canaries, EpsilonBound Bound, EpsilonBound GaussianBound)
{
    /// <summary>Whether the claim is refuted.</summary>
    public bool IsRefuted => Bound.Epsilon > Claimed;
}
