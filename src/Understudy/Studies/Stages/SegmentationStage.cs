using Understudy.Classification;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>
/// Asks what synthetic pairs are worth: U-Nets trained on real pairs, on each method's, and on both together, all tested on the real test split; and
/// how like real pairs, and how like the very pairs they were learnt from, the synthetic ones are.
/// </summary>
internal sealed class SegmentationStage : SectionStage
{
    public const string SectionId = "segmentation";
    public const string Real = "real";
    public const string UtilityName = "f1";
    public const string LikenessName = "pairs";
    private const int Shown = 8;
    private const int PictureScale = 2;
    private const string PredictionsName = "predictions.png";

    /// <inheritdoc/>
    public override string Id => SectionId;

    /// <inheritdoc/>
    public override bool IsAsked(Study study) => study.Segmentation is not null;

    /// <inheritdoc/>
    public override void Check(Study study, Splits splits)
    {
        if (!splits.Members.Shape.HasMask)
            throw new InputException($"'segmentation' needs pairs of images and masks, and the data are images of {splits.Members.Shape}; take it out of the study, or give pairs (docs/dual-gan.md)");
    }

    /// <inheritdoc/>
    protected override ReportSection Make(StageContext context, string folder, IProgress<StageProgress> progress)
    {
        var splits = context.Splits;
        context.Private.Unaccounted("members, non-members and test pairs, in figures of segmentation", "measurement");
        var section = context.Study.Segmentation!;
        var sets = context.Study.Methods.Select(method => (Name: method.Id, Pairs: context.Samples(method))).ToArray();
        var trainings = sets.Select(set => (set.Name, set.Pairs))
            .Concat(sets.Select(set => (Name: $"{Real} + {set.Name}", Pairs: ImageSet.Concat(Plain(splits.Members), Plain(set.Pairs)))))
            .Prepend((Name: Real, Pairs: splits.Members)).ToArray();

        var rows = new List<(string Name, double[] F1s, IReadOnlyList<Metric> Metrics)>();
        var pictures = new List<ImageSet> { Pictured(splits.Test) };
        using var judge = Train(context, folder, Real, splits.Members, repeat: 0, progress);
        foreach (var (name, pairs) in trainings)
        {
            var predictions = Enumerable.Range(0, section.Repeats).Select(repeat =>
            {
                using var trained = Train(context, folder, name, pairs, repeat, progress);
                return trained.Probabilities(splits.Test);
            }).ToArray();
            rows.Add((name, [.. predictions.Select(p => SegmentationMetrics.F1(p, splits.Test))], Evaluate(predictions, splits.Test, context.Study.Seed)));
            if (!name.StartsWith($"{Real} +", StringComparison.Ordinal)) pictures.Add(Predicted(splits.Test, predictions[0]));
        }
        ImageGrid.Write(Path.Combine(folder, PredictionsName), ImageSet.Concat([.. pictures]), pictures.Count, pictures[0].Count, gap: 2, PictureScale);

        var figures = new SegmentationFigures(context, judge);
        return new ReportSection(
            Id,
            "Segmentation",
            [
                $"A U-Net is trained for {section.Steps} steps on each set of pairs and tested on the {splits.Test.Count} real pairs of the test split"
                + $"{(splits.Test.Groups is { } groups ? $", of {groups.Distinct().Count()} patients that no other split shares; intervals resample patients" : "; intervals resample pairs")}"
                + $"{(section.Repeats > 1 ? $", and are over {section.Repeats} trainings together" : "")}. F1 of masks is Dice's coefficient.",
                "A divergence, a share of close pairs or an attack says how synthetic pairs differ from real ones; the row of held-out real pairs says what no difference looks like.",
            ],
            [Utility(rows), figures.Likeness(sets), figures.Divergences(sets), figures.Membership(sets)],
            [
                new ReportPicture(
                    PredictionsName,
                    $"Real test pairs (first row), and the masks found by the networks trained on {string.Join(", ", trainings.Where(t => !t.Name.StartsWith($"{Real} +", StringComparison.Ordinal)).Select(t => t.Name))}.",
                    "Rows of images with a mask beside each: the true masks first, then those that each network found."),
            ]);
    }

    private static ReportTable Utility(List<(string Name, double[] F1s, IReadOnlyList<Metric> Metrics)> rows)
    {
        var best = rows[0].Metrics[0].Value;
        return new ReportTable(
            UtilityName,
            "Networks that segment, by what they were trained on; tested on real pairs",
            ["trained on", .. rows[0].Metrics.Select(metric => metric.Name), "F1 over that of real", "standard deviation of F1 over trainings"],
            [.. rows.Select(row => (IReadOnlyList<ReportCell>)
                [row.Name, .. row.Metrics.Select(ReportCell.Of), row.Metrics[0].Value / best, row.F1s.Length > 1 ? Spread(row.F1s) : "one training"])]);
    }

    private static ReportCell Spread(double[] values) => Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1));

    private static Segmenter Train(StageContext context, string folder, string name, ImageSet pairs, int repeat, IProgress<StageProgress> progress)
    {
        var directory = Directory.CreateDirectory(Path.Combine(folder, "networks", $"{name.Replace(" + ", "-and-", StringComparison.Ordinal)}-{repeat}")).FullName;
        var fit = new FitContext(directory, Seed.Derive(context.Study.Seed, "segmentation", repeat), progress, context.Cancellation);
        return Segmenter.Train($"unet-{context.Study.Name}", pairs, context.Study.Segmentation!, fit);
    }

    /// <summary>Figures of several trainings together; a patient's pairs are resampled in all of them at once.</summary>
    private static IReadOnlyList<Metric> Evaluate(float[][] predictions, ImageSet test, ulong seed)
    {
        var grouped = test.Groups is null ? new ImageSet(test.Shape, test.Pixels, groups: [.. Enumerable.Range(0, test.Count).Select(i => $"{i}")]) : test;
        return SegmentationMetrics.Evaluate([.. predictions.SelectMany(p => p)], ImageSet.Concat([.. predictions.Select(_ => grouped)]), Seed.Derive(seed, "bootstrap"));
    }

    private static ImageSet Plain(ImageSet pairs) => new(pairs.Shape, pairs.Pixels);

    private static ImageSet Pictured(ImageSet test) => Plain(test.Subset([.. Enumerable.Range(0, Math.Min(Shown, test.Count)).Select(i => i * test.Count / Math.Min(Shown, test.Count))]));

    private static ImageSet Predicted(ImageSet test, float[] probabilities)
    {
        var masks = new ImageSet(test.Shape.WithoutMask with { Channels = 1 }, Array.ConvertAll(probabilities, p => p >= 0.5f ? byte.MaxValue : (byte)0));
        return Pictured(ImagePairs.Join(ImagePairs.Images(Plain(test)), masks));
    }
}
