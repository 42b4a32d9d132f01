using Understudy.Metrics;
using Understudy.Studies.Grids;

namespace Understudy.Studies.Releases;

/// <summary>What a run has that may be released.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Seed">The seed of all that went into it, but for the noise of a guarantee.</param>
/// <param name="Guarantee">What is guaranteed of it.</param>
/// <param name="Utility">The figure of its use; null where none was measured.</param>
/// <param name="Made">What it was made of, a sentence for its card.</param>
/// <param name="Figures">What was measured of it, a sentence each.</param>
/// <param name="Copy">Writes its files into a folder and names them.</param>
internal sealed record ReleaseSource(
    ReleaseKind Kind, ulong Seed, ReleaseGuarantee Guarantee, Metric? Utility, string Made, IReadOnlyList<string> Figures, Func<string, IReadOnlyList<string>> Copy)
{
    public const string Synthetic = "Its images are synthetic; that none of them is like a real one is not promised.";

    /// <summary>The figures of attacks, a sentence each, or that there are none.</summary>
    public static IEnumerable<string> Attacked(IReadOnlyList<AttackSummary> attacks) => attacks.Count == 0
        ? ["No membership attack was tried on it."]
        : attacks.Select(attack =>
            $"{attack.Name} ({attack.Members} members, {attack.NonMembers} non-members): {string.Join(", ", attack.Metrics.Where(metric => double.IsFinite(metric.Value)).Take(2).Select(metric => $"{metric.Name} {Verdict.Shown(metric)}"))}.");
}
