using System.Globalization;
using Understudy.Metrics;

namespace Understudy.Studies.Stages;

/// <summary>What pairs are worth, in sentences: a classifier of classes says nothing about images with masks.</summary>
internal static class SegmentationFinding
{
    /// <summary>F1 of the network that learnt from real pairs, then of those that learnt from each method's alone, the best first; and which pairs are copies.</summary>
    /// <param name="section">The report's section of segmentation.</param>
    /// <param name="question">What the finding answers.</param>
    public static Finding Of(ReportSection section, string question)
    {
        var rows = Rows(section, SegmentationStage.UtilityName);
        var real = rows[0];
        var synthetic = rows.Skip(1).Where(row => !row[0].Text!.StartsWith($"{SegmentationStage.Real} +", StringComparison.Ordinal)).OrderByDescending(row => row[1].Value);
        var copies = Rows(section, SegmentationStage.LikenessName).Skip(1).Where(IsCopied);
        return new Finding(question,
        [
            $"Trained on the real pairs, the network that segments reaches an F1 of {Verdict.Shown(F1(real))} on real test pairs.",
            .. synthetic.Select(row => string.Create(CultureInfo.InvariantCulture, $"Trained on pairs of {row[0].Text} alone, it reaches {Verdict.Shown(F1(row))}: {row[1].Value / real[1].Value:0.000} of that.")),
            .. copies.Select(row => $"Pairs of {row[0].Text} are copies of training pairs: do not release them."),
        ]);
    }

    /// <summary>F1 of the network that learnt from a method's pairs alone.</summary>
    public static Metric F1Of(ReportSection section, string method) => F1(Row(section, SegmentationStage.UtilityName, method));

    /// <summary>Whether a method's pairs are copies of training pairs.</summary>
    public static bool IsCopied(ReportSection section, string method) => IsCopied(Row(section, SegmentationStage.LikenessName, method));

    private static IReadOnlyList<ReportCell> Row(ReportSection section, string table, string method) => Rows(section, table).Single(row => row[0].Text == method);

    private static IReadOnlyList<IReadOnlyList<ReportCell>> Rows(ReportSection section, string table) => section.Tables.Single(one => one.Name == table).Rows;

    private static Metric F1(IReadOnlyList<ReportCell> row) => new("F1", row[1].Value ?? double.NaN, row[1].Interval);

    private static bool IsCopied(IReadOnlyList<ReportCell> row) => row.Any(cell => cell.Text == SegmentationFigures.Copied);
}
