using Understudy.Metrics;

namespace Understudy.Studies.Stages;

/// <summary>The figures of releases from one latent space.</summary>
internal static class WalkTables
{
    private const double LeastJudged = 0.5;

    public static ReportTable Releases(IReadOnlyList<(string Name, ReleaseFigures Figures)> releases) => new(
        "releases", "What a classifier learns from each release, and what the classifier tells of members; means over repeats with Student's 95 % intervals",
        ["release", "images", "accuracy", "deviation", "attack accuracy", "attack AUC", "attack TPR at FPR 1 %", releases[0].Figures.Frechet.Name],
        [
            .. releases.Select(release =>
            {
                var (_, figures) = release;
                return (IReadOnlyList<ReportCell>)
                [
                    release.Name, figures.Count, Mean(figures.Accuracy), SampleSummary.Of(figures.Accuracy).StandardDeviation,
                    Mean(figures.AttackAccuracy), Mean(figures.AttackAuc), Mean(figures.AttackLowFpr), double.IsNaN(figures.Frechet.Value) ? "too few images" : new ReportCell(figures.Frechet.Value, figures.Frechet.Interval),
                ];
            }),
        ]);

    /// <summary>How near releases come to members.</summary>
    /// <param name="releases">Their figures.</param>
    /// <param name="heldOutToMembers">What held-out real images are from members.</param>
    /// <param name="judged">Share of the members that the judge of identities knows; one that knows few recognises nobody, whatever is released.</param>
    public static ReportTable Distances(IReadOnlyList<(string Name, ReleaseFigures Figures)> releases, double heldOutToMembers, double judged) => new(
        "distances",
        FormattableString.Invariant($"How near each release comes to members, in features of an autoencoder of the reference part (mmD); held-out real images are {heldOutToMembers:0.0000} from members. Recognised: images in which an independent identity classifier names the closest member")
        + (judged < LeastJudged ? FormattableString.Invariant($"; not measured, as it knows {judged:P0} of the members only: give 'identity' more steps") : ""),
        ["release", "mmD to members", "mmD to held-out", "to members / to held-out", "to members / of real images", "AUC by the closest image", "recognised", "reading"],
        [
            .. releases.Select(release =>
            {
                var (name, figures) = release;
                double toHeldOut = figures.ToMembers / figures.ToHeldOut, toReal = figures.ToMembers / heldOutToMembers;
                var nearest = figures.NearestAuc is { } auc ? ReportCell.Of(auc) : "–";
                return (IReadOnlyList<ReportCell>)
                [
                    name, figures.ToMembers, figures.ToHeldOut, toHeldOut, toReal, nearest, judged < LeastJudged ? "–" : ReportCell.Of(figures.Recognised), Reading(figures, toHeldOut),
                ];
            }),
        ]);

    /// <summary>Suspicious is what lies clearly nearer to members than to others of their kind.</summary>
    private static string Reading(ReleaseFigures figures, double toHeldOut)
    {
        const double clearly = 0.95;
        if (figures.NearestAuc is null) return "the members themselves";
        return toHeldOut < clearly || figures.NearestAuc.Interval?.Lower > 0.5 ? "suspicious: nearer to members than to held-out images" : "no sign in these figures";
    }

    private static ReportCell Mean(double[] values)
    {
        if (values.Any(double.IsNaN)) return "too few non-members";
        var summary = SampleSummary.Of(values);
        return new ReportCell(summary.Mean, summary.MeanInterval);
    }
}
