using Understudy.Metrics;

namespace Understudy.Attacks;

/// <summary>What a release gives away about an attribute of those it was made from.</summary>
/// <param name="Members">Share of members whose secret is guessed right.</param>
/// <param name="NonMembers">The same of non-members: what follows from the population, not from anyone's record.</param>
/// <param name="Excess">Members less non-members: what is attributable to having been a member.</param>
/// <param name="Risk">The excess as a share of what it could be at most, in [0, 1].</param>
/// <param name="Baseline">Share of members for whom the most common secret of the release is right.</param>
/// <param name="Note">What a reader must know; null where there is nothing.</param>
public sealed record AttributeInferenceResult(Metric Members, Metric NonMembers, Metric Excess, Metric Risk, Metric Baseline, string? Note)
{
    /// <summary>The figures in the order in which they are shown.</summary>
    public IReadOnlyList<Metric> Metrics => [Members, NonMembers, Excess, Risk, Baseline];
}
