using Understudy.Generation;
using Understudy.Metrics;

namespace Understudy.Studies;

/// <summary>Every figure of one method.</summary>
/// <param name="Card">What the method is, and what it promises.</param>
/// <param name="Samples">Number of synthetic records: the released data set that is measured and attacked.</param>
/// <param name="HasLabels">Whether the samples carry labels.</param>
/// <param name="Utility">Figures, on the test split, of a classifier trained on the samples; NaN with a note where it could not be trained.</param>
/// <param name="Fidelity">How like the real distribution the samples are.</param>
/// <param name="Memorisation">Whether samples are nearer to members than to non-members: a diagnostic, no privacy measure.</param>
/// <param name="Attacks">Membership attacks on the samples.</param>
public sealed record MethodMetrics(
    MethodCard Card,
    int Samples,
    bool HasLabels,
    IReadOnlyList<Metric> Utility,
    IReadOnlyList<Metric> Fidelity,
    IReadOnlyList<Metric> Memorisation,
    IReadOnlyList<AttackSummary> Attacks);
