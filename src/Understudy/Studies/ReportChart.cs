namespace Understudy.Studies;

/// <summary>A chart of points with intervals: what one gains against what one gives up.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Horizontal">Name of the horizontal axis.</param>
/// <param name="Vertical">Name of the vertical axis.</param>
/// <param name="Points">The points.</param>
public sealed record ReportChart(string Caption, string Horizontal, string Vertical, IReadOnlyList<ReportPoint> Points);
