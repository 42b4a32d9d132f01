using Understudy.Metrics;

namespace Understudy.Studies.Stages;

/// <summary>Every two methods that were measured on the same things, side by side.</summary>
internal static class MethodPairs
{
    /// <summary>A row a pair: both names, the mean difference, first less second, with Student's interval, and Wilcoxon's two-sided p.</summary>
    /// <param name="values">What was measured of each method, in the same order for all.</param>
    public static IEnumerable<ReportCell[]> Rows(OrderedDictionary<string, double[]> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            for (var j = i + 1; j < values.Count; j++)
            {
                var ((first, x), (second, y)) = (values.GetAt(i), values.GetAt(j));
                var difference = SampleSummary.Of([.. x.Zip(y, (a, b) => a - b)]);
                yield return [first, second, new ReportCell(difference.Mean, difference.MeanInterval), WilcoxonSignedRank.Test(x, y).PValue];
            }
        }
    }
}
