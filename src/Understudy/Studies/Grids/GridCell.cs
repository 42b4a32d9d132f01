using Understudy.Attacks;
using Understudy.Metrics;

namespace Understudy.Studies.Grids;

/// <summary>One release of one seed.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Utility">Balanced accuracy on the test split; the mean over classifiers for a data set or generator.</param>
/// <param name="Chosen">The classifier that was chosen; null where there was no choice.</param>
/// <param name="Attacks">The attacks on it.</param>
/// <param name="Guarantee">What is guaranteed of it; null while that is not known.</param>
/// <param name="Inference">What it tells of a member's class; null where it was not attacked or there are no classes.</param>
public sealed record GridCell(
    string Id, ulong Seed, Metric Utility, string? Chosen, IReadOnlyList<AttackSummary> Attacks, ReleaseGuarantee? Guarantee, AttributeInferenceResult? Inference = null);
