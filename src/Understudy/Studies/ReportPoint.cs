using Understudy.Metrics;

namespace Understudy.Studies;

/// <summary>A point of a chart.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Group">Points of one group have one colour.</param>
/// <param name="X">Horizontal figure, with its interval.</param>
/// <param name="Y">Vertical figure, with its interval.</param>
/// <param name="IsOnFront">Whether no other point is better in both; such points are joined.</param>
public sealed record ReportPoint(string Name, string Group, Metric X, Metric Y, bool IsOnFront);
