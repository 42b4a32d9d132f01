namespace Understudy.Studies;

/// <summary>A picture of a section of a report.</summary>
/// <param name="File">The name of a PNG file (animated or not) in the section's folder.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Alternative">The same for a reader who cannot see it.</param>
public sealed record ReportPicture(string File, string Caption, string Alternative);
