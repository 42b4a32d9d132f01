namespace Understudy.Studies;

/// <summary>One curve of a chart.</summary>
/// <param name="Name">What it stands for; a limit has the name of the curve that it limits.</param>
/// <param name="Points">(FPR, TPR), by rising FPR.</param>
/// <param name="IsLimit">Whether it is what a guarantee allows, and no attack's.</param>
public sealed record ReportLine(string Name, IReadOnlyList<double[]> Points, bool IsLimit);
