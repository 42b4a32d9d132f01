using Understudy.Metrics;

namespace Understudy.Studies.Grids;

/// <summary>One release, or method, in several runs.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Utility">[R] balanced accuracy in each run; null where it was not measured.</param>
/// <param name="Auc">[R] AUC of the strongest attack in each; null where none was tried.</param>
public sealed record RunComparisonRow(string Name, IReadOnlyList<Metric?> Utility, IReadOnlyList<Metric?> Auc);
