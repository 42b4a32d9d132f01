namespace Understudy.Studies;

/// <summary>ROC curves on logarithmic axes, beside guessing and what guarantees allow.</summary>
/// <param name="Caption">What they show.</param>
/// <param name="Least">Where the axes begin.</param>
/// <param name="Lines">The curves.</param>
public sealed record ReportCurves(string Caption, double Least, IReadOnlyList<ReportLine> Lines);
