using Understudy.Metrics;

namespace Understudy.Studies.Stages;

/// <summary>Figures of repetitions that differ in their seed alone.</summary>
internal static class Repetitions
{
    /// <summary>The mean with Student's interval; a single repetition has none, for it does not say how far seeds scatter.</summary>
    public static ReportCell Mean(IEnumerable<double> values)
    {
        var all = values.ToArray();
        if (all.Any(double.IsNaN)) return "–";
        return all.Length == 1 ? all[0] : new ReportCell(all.Average(), SampleSummary.Of(all).MeanInterval);
    }
}
