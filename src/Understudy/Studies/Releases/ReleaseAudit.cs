namespace Understudy.Studies.Releases;

/// <summary>What was measured of a released data set, as <c>audit.json</c> beside it.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="Method">The method's id in it.</param>
/// <param name="Seed">The seed of splits, training and sampling; noise of a guarantee never comes from it.</param>
/// <param name="Metrics">Utility, fidelity, memorisation, attacks and certificate.</param>
/// <param name="Pairs">Of images with masks: F1, copies, alignment, the share of masks that the filter kept, divergences and attacks, for all methods of the study.</param>
public sealed record ReleaseAudit(string Study, string Method, ulong Seed, MethodMetrics Metrics, IReadOnlyList<ReportTable> Pairs);
