namespace Understudy.Studies;

/// <summary>Losses over the steps of a fit.</summary>
/// <param name="Names">[L] names of the losses.</param>
/// <param name="Rows">[T][1 + L] step and losses.</param>
public sealed record LossCurves(IReadOnlyList<string> Names, IReadOnlyList<double[]> Rows);
