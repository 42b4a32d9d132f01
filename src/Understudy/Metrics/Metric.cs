namespace Understudy.Metrics;

/// <summary>One measured figure.</summary>
/// <param name="Name">The field's name for it, with the feature network where the value depends on one: <c>FID[cnn-pneumonia]</c>.</param>
/// <param name="Value">The value; NaN where it could not be measured, and then <paramref name="Note"/> says why.</param>
/// <param name="Interval">Its confidence interval, where one is known.</param>
/// <param name="Note">What a reader must know to read it right.</param>
public sealed record Metric(string Name, double Value, Interval? Interval = null, string? Note = null);
