using Understudy.Attacks;
using Understudy.Classification;
using Understudy.Data;
using Understudy.Generation.Dual;
using Understudy.Metrics;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>How like real pairs synthetic ones are, and how like those that they were learnt from.</summary>
/// <param name="context">The run.</param>
/// <param name="judge">The network that was trained on real pairs.</param>
internal sealed class SegmentationFigures(StageContext context, Segmenter judge)
{
    public const string Copied = "yes: do not release";
    private const string HeldOut = "held-out real";
    private const int KeptDraws = 500;

    private readonly ImageSet members = context.Splits.Members;
    private readonly ImageSet held = Some(context.Splits.NonMembers, context);

    /// <summary>Copies, alignment of mask and image, the features' distance, and how many masks the filter kept.</summary>
    public ReportTable Likeness(IReadOnlyList<(string Name, ImageSet Pairs)> sets)
    {
        var features = judge.Extract(context.Splits.NonMembers);
        var rows = sets.Select(set => Row(set.Name, set.Pairs, CopyCheck.Measure(Some(set.Pairs, context), members, held), Kept(set.Name)))
            .Prepend(Row(HeldOut, context.Splits.Test, CopyCheck.Measure(Some(context.Splits.Test, context), members, held), "–"));
        return new ReportTable(
            SegmentationStage.LikenessName,
            "Pairs beside real ones. Close pairs are more like a training pair than 95 % of held-out pairs are; alignment is the F1 of the pair's own mask and what the network trained on real pairs finds in its image",
            ["pairs", "close images", "close masks", "copies?", "alignment", $"FID[{judge.Name}]", "masks kept"],
            [.. rows]);

        IReadOnlyList<ReportCell> Row(string name, ImageSet pairs, CopyCheck copies, ReportCell kept) =>
        [
            name, ReportCell.Of(copies.Images), ReportCell.Of(copies.Masks), copies.IsFlagged ? Copied : "not seen",
            SegmentationMetrics.F1(judge.Probabilities(pairs), pairs), ReportCell.Of(FrechetDistance.Measure(features, judge.Extract(pairs), judge.Name)), kept,
        ];
    }

    /// <summary>KL divergences between distributions, in both directions.</summary>
    public ReportTable Divergences(IReadOnlyList<(string Name, ImageSet Pairs)> sets)
    {
        var all = sets.Prepend((Name: HeldOut, Pairs: context.Splits.Test)).Select(set => (set.Name, Divergences: PairDivergence.Measure(context.Splits.NonMembers, set.Pairs))).ToArray();
        return new ReportTable(
            "divergence",
            "Kullback–Leibler divergence, in nats, between histograms of real and of these pairs: 256 intensities, 16 bins of each quantity of a mask, one added to every count",
            ["quantity", .. all.SelectMany(set => new[] { $"real from {set.Name}", $"{set.Name} from real" })],
            [.. Enumerable.Range(0, all[0].Divergences.Count).Select(i => (IReadOnlyList<ReportCell>)
                [all[0].Divergences[i].Quantity, .. all.SelectMany(set => new ReportCell[] { set.Divergences[i].RealToSynthetic, set.Divergences[i].SyntheticToReal })])]);
    }

    /// <summary>The attack by distance to the synthetic data, on images and on masks.</summary>
    public ReportTable Membership(IReadOnlyList<(string Name, ImageSet Pairs)> sets)
    {
        var settings = new AttackSettings { Seed = context.Study.Seed, Delta = context.Study.Privacy.Delta };
        var rows = sets.SelectMany(set => new (string Part, Func<ImageSet, ImageSet> Take)[] { ("images", ImagePairs.Images), ("masks", ImagePairs.Masks) }, (set, part) =>
        {
            var data = new AttackData(part.Take(set.Pairs), part.Take(members), part.Take(context.Splits.NonMembers));
            var result = AttackEvaluation.Run(new GanLeaks(new GanLeaksOptions()), data, settings);
            var low = result.TprAtFpr[0];
            return (IReadOnlyList<ReportCell>)[$"{set.Name}: {part.Part}", ReportCell.Of(result.Auc), new ReportCell(low.Raw, low.RawInterval, low.Note)];
        });
        return new ReportTable("membership", "Membership attack by the distance to the nearest synthetic image or mask; 0.5 and 1 % are chance", ["attacked", "AUC", "TPR at FPR 1 %"], [.. rows]);
    }

    private ReportCell Kept(string id)
    {
        var method = context.Study.Methods.Single(method => method.Id == id);
        var synthesizer = GenerationStage.Create(context, method);
        using var owned = synthesizer as IDisposable;
        if (synthesizer is not DualGanBase dual) return "no filter";
        dual.Load(context.Run.Generation(id, GenerationStage.ModelName));
        return dual.KeptShare(KeptDraws, Seed.Derive(context.Study.Seed, "kept"));
    }

    private static ImageSet Some(ImageSet pairs, StageContext context) => pairs.Spread(context.Study.Segmentation!.Compared);
}
