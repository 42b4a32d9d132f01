using System.Text.Json.Serialization;
using Understudy.Metrics;

namespace Understudy.Attacks;

/// <summary>What an attack achieves, with intervals. It bounds privacy from one side only: a better attack may exist.</summary>
public sealed record AttackResult
{
    /// <summary>The attack.</summary>
    public required AttackCard Attack { get; init; }

    /// <summary>Members attacked; as many as <see cref="NonMemberCount"/>.</summary>
    public required int MemberCount { get; init; }

    /// <summary>Non-members attacked.</summary>
    public required int NonMemberCount { get; init; }

    /// <summary>Area under the ROC curve; 0.5 is chance.</summary>
    public required Metric Auc { get; init; }

    /// <summary>
    /// The AUC of the same attack on the same candidates when reference data stand in for the release, which cannot leak: away from 0.5 it
    /// shows that members and non-members differ in themselves. Null without reference data.
    /// </summary>
    public required Metric? ControlAuc { get; init; }

    /// <summary>TPR at low FPR, largest FPR first.</summary>
    public required IReadOnlyList<LowFprRate> TprAtFpr { get; init; }

    /// <summary>Largest (TPR + TNR)/2 of any threshold.</summary>
    public required Metric BalancedAccuracy { get; init; }

    /// <summary>Largest |TPR − FPR| of any threshold.</summary>
    public required Metric Advantage { get; init; }

    /// <summary>The lower bound on ε that the attack establishes.</summary>
    public required EpsilonBound EpsilonBound { get; init; }

    /// <summary>What a reader must know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The ROC curve, thinned for plots.</summary>
    public required IReadOnlyList<RocPoint> Roc { get; init; }

    /// <summary>The ROC curve at full resolution; null in a result read from its file.</summary>
    [JsonIgnore]
    public RocCurve? Curve { get; init; }

    /// <summary>The score of every candidate, members first; empty in a result read from its file.</summary>
    [JsonIgnore]
    public IReadOnlyList<CandidateScore> Scores { get; init; } = [];

    /// <summary>The figures in the order in which they are shown.</summary>
    [JsonIgnore]
    public IReadOnlyList<Metric> Metrics =>
    [
        Auc,
        .. TprAtFpr.Select(rate => new Metric(FormattableString.Invariant($"TPR at FPR {rate.FalsePositiveRate:0.###%}"), rate.Raw, rate.RawInterval, rate.Note)),
        BalancedAccuracy,
        Advantage,
        new Metric("epsilon lower bound", EpsilonBound.Epsilon,
            Note: FormattableString.Invariant($"delta {EpsilonBound.Delta}, significance {EpsilonBound.Significance}; {EpsilonBound.Method}")),
        .. ControlAuc is null ? Array.Empty<Metric>() : [ControlAuc],
    ];
}
