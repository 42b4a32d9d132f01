using Understudy.Metrics;

namespace Understudy.Studies.Grids;

/// <summary>How classifiers do that were trained on the same data.</summary>
/// <param name="Data">The data set, or the real data.</param>
/// <param name="Utility">Balanced accuracy by classifier, over the seeds.</param>
public sealed record ClassifierRow(string Data, IReadOnlyDictionary<string, Metric> Utility);
