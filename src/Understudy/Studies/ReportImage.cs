namespace Understudy.Studies;

/// <summary>A picture of a report.</summary>
/// <param name="Section"><c>samples</c>, <c>traversals</c> or the id of a <see cref="ReportSection"/>.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Alternative">The same for a reader who cannot see it.</param>
/// <param name="Png">The file's bytes.</param>
public sealed record ReportImage(string Section, string Caption, string Alternative, byte[] Png);
