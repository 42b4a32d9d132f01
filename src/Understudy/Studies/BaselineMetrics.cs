using Understudy.Metrics;

namespace Understudy.Studies;

/// <summary>What a classifier trained on private data reaches.</summary>
/// <param name="Utility">Figures on the test split.</param>
/// <param name="Fidelity">How like one another two parts of the real data are: what the best samples would reach.</param>
public sealed record BaselineMetrics(IReadOnlyList<Metric> Utility, IReadOnlyList<Metric> Fidelity);
