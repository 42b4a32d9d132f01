using Understudy.Metrics;

namespace Understudy.Studies;

/// <summary>A cell of a table: a figure with its interval, or a text, or neither where there is nothing to say.</summary>
/// <param name="Value">The figure, if it is one; NaN where it could not be measured.</param>
/// <param name="Interval">Its confidence interval, where one is known.</param>
/// <param name="Text">What is shown in a figure's place, or below it.</param>
public sealed record ReportCell(double? Value = null, Interval? Interval = null, string? Text = null)
{
    /// <summary>The cell of a metric, with its note.</summary>
    public static ReportCell Of(Metric metric) => new(metric.Value, metric.Interval, metric.Note);

    /// <summary>The cell of a figure.</summary>
    public static implicit operator ReportCell(double value) => new(value);

    /// <summary>The cell of a text.</summary>
    public static implicit operator ReportCell(string text) => new(Text: text);
}
