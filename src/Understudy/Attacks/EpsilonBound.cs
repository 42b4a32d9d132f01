namespace Understudy.Attacks;

/// <summary>A lower bound on ε that an attack establishes: any (ε, δ)-DP mechanism has at least this ε, with confidence 1 − significance.</summary>
/// <param name="Epsilon">The bound; 0 where the attack establishes nothing.</param>
/// <param name="Delta">The δ at which it holds; claims are comparable at the same δ only.</param>
/// <param name="Significance">Probability that the bound is wrong.</param>
/// <param name="Method">How the threshold was chosen.</param>
/// <param name="Threshold">Records that score at least this are called members.</param>
/// <param name="TruePositives">Members so called, among those that the bound rests on.</param>
/// <param name="Members">Members that the bound rests on.</param>
/// <param name="FalsePositives">Non-members called members.</param>
/// <param name="NonMembers">Non-members that the bound rests on.</param>
public sealed record EpsilonBound(double Epsilon, double Delta, double Significance, string Method, double Threshold,
    int TruePositives, int Members, int FalsePositives, int NonMembers);
