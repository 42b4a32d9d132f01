using Understudy.Metrics;

namespace Understudy.Studies.Grids;

/// <summary>Whether synthetic data rank classifiers as real data do.</summary>
/// <param name="Data">The method, its ε and the sampler.</param>
/// <param name="Classifiers">How many were ranked.</param>
/// <param name="Kendall">τ-b between the utilities of classifiers trained on samples and of the same ones trained on real data.</param>
/// <param name="Spearman">ρ between them.</param>
public sealed record RankRow(string Data, int Classifiers, Metric Kendall, Metric Spearman);
