using Understudy.Metrics;

namespace Understudy.Studies.Grids;

/// <summary>The releases that differ in the seed alone: a row of the leaderboard.</summary>
/// <param name="Key">What they have in common.</param>
/// <param name="Utility">Balanced accuracy on the test split, over the seeds and, for a data set or generator, the classifiers.</param>
/// <param name="Attack">The attack with the largest AUC; null where none was tried.</param>
/// <param name="Auc">Its AUC over the seeds; its interval holds for all attacks together, so that the strongest may be picked.</param>
/// <param name="TruePositiveRate">Its TPR at an FPR of 1 %, over the seeds; NaN where that cannot be measured.</param>
/// <param name="Shown">The largest ε that an attack on one of them has shown, the bounds of all attacks and seeds holding together; null where none was tried.</param>
/// <param name="Fid">Fréchet distance of its images to held-out ones; null without images.</param>
/// <param name="Guarantee">The weakest guarantee among the seeds; null while none is known.</param>
/// <param name="IsLeakingCounts">Whether a method that claims a guarantee has learnt the members' shares of the classes without noise.</param>
/// <param name="Copies">Members that the images hold, of the seed with the most; null where no images are released.</param>
/// <param name="IsOnFront">Whether no other row is at least as useful and no easier to attack.</param>
/// <param name="Cells">One a seed.</param>
public sealed record GridRow(
    GridRowKey Key, Metric Utility, string? Attack, Metric? Auc, Metric? TruePositiveRate, double? Shown, Metric? Fid, ReleaseGuarantee? Guarantee, bool IsLeakingCounts, MemberCopies? Copies,
    bool IsOnFront, IReadOnlyList<GridCell> Cells)
{
    /// <summary>Whether it may not be released: an attack has shown more than is claimed, or members are given away as they are.</summary>
    public bool IsRefuted => (Guarantee?.Epsilon is { } claimed && Shown > claimed) || IsLeakingCounts || Copies is { IsLeak: true } || IsAuditRefuted;

    /// <summary>(FPR, TPR) of the strongest attack on its first seed, for the row that is easiest to attack of its method and budget; null for others.</summary>
    public IReadOnlyList<double[]>? Roc { get; init; }

    /// <summary>Whether canaries in its method's training have shown more than the method claims.</summary>
    public bool IsAuditRefuted { get; init; }

    /// <summary>Whether the strongest attack does better than guessing, by more than chance explains.</summary>
    public bool IsBetterThanGuessing => Auc?.Interval is { Lower: > 0.5 };
}
