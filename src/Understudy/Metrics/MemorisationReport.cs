namespace Understudy.Metrics;

/// <summary>How near synthetic records lie to the members, against how near they lie to as many held-out records.</summary>
/// <param name="MemberDistances">[N] Euclidean distance of each synthetic record to the nearest member.</param>
/// <param name="HoldoutDistances">[N] its distance to the nearest held-out record.</param>
/// <param name="Metrics">Share nearer to a member, exact copies, and the two medians.</param>
public sealed record MemorisationReport(double[] MemberDistances, double[] HoldoutDistances, IReadOnlyList<Metric> Metrics);
