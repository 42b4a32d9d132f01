using Understudy.Attacks;
using Understudy.Metrics;

namespace Understudy.Studies;

/// <summary>The figures of one attack.</summary>
/// <param name="Name">What the study calls the attack.</param>
/// <param name="Paper">Where it comes from.</param>
/// <param name="Score">The score of a candidate, as a formula.</param>
/// <param name="Members">Members attacked.</param>
/// <param name="NonMembers">Non-members attacked.</param>
/// <param name="Metrics">AUC, TPR at low FPR, balanced accuracy, the bound on ε, with intervals.</param>
/// <param name="Notes">What a reader must know.</param>
public sealed record AttackSummary(string Name, string Paper, string Score, int Members, int NonMembers, IReadOnlyList<Metric> Metrics, IReadOnlyList<string> Notes)
{
    /// <summary>What a report shows of a result.</summary>
    /// <param name="name">What the study calls the attack.</param>
    /// <param name="result">What it achieved.</param>
    public static AttackSummary Of(string name, AttackResult result) =>
        new(name, result.Attack.Paper, result.Attack.Score, result.MemberCount, result.NonMemberCount, result.Metrics, result.Notes);
}
