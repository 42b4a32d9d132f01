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
/// <param name="Certificate">What is guaranteed; null where nothing is.</param>
public sealed record MethodMetrics(
    MethodCard Card,
    int Samples,
    bool HasLabels,
    IReadOnlyList<Metric> Utility,
    IReadOnlyList<Metric> Fidelity,
    IReadOnlyList<Metric> Memorisation,
    IReadOnlyList<AttackSummary> Attacks,
    PrivacyCertificate? Certificate = null)
{
    /// <summary>The largest ε that an attack has shown the method to have, at the study's δ; null where none was tried.</summary>
    public Metric? EpsilonShown => Attacks.SelectMany(attack => attack.Metrics).Where(metric => metric.Name == "epsilon lower bound" && double.IsFinite(metric.Value)).MaxBy(metric => metric.Value);

    /// <summary>Whether an attack has shown more than is claimed: then something is wrong with the claim.</summary>
    public bool IsRefuted => Certificate is { } claim && EpsilonShown is { } shown && shown.Value > claim.Epsilon;
}
