using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies.Grids;

/// <summary>How a data set is drawn from a generator: its size and classes, and the mitigations that are switched on, in the order given here.</summary>
public sealed record SamplerSection
{
    /// <summary>What the study calls it: unique, and part of folder names.</summary>
    [RegularExpression(Label.Pattern, ErrorMessage = Label.Rule)]
    public required string Id { get; init; }

    /// <summary>Number of images; 0 for as many as the study's <c>sampling</c> says.</summary>
    [Range(0, 10_000_000)]
    public int Count { get; init; }

    /// <summary>The shares of the classes.</summary>
    public ClassMix Balance { get; init; } = ClassMix.Learnt;

    /// <summary>t: noise is drawn from [-t, t] alone, nearer to what the generator knows best; null leaves it whole. For methods whose noise is spread about 0.</summary>
    [Range(0.05, 10.0)]
    public double? Truncation { get; init; }

    /// <summary>
    /// Samples are points of walks that PLAN bends away from what a classifier of identities knows; null draws them one by one. That classifier learns from the members without
    /// noise, and no guarantee covers that.
    /// </summary>
    public PlanSection? Plan { get; init; }

    /// <summary>Samples that a classifier does not recognise as their class are dropped; null keeps all.</summary>
    public RejectionSection? Rejection { get; init; }

    /// <summary>
    /// Samples nearer to a member than to any reference image are dropped, by a ratio that only this share of them would have if nothing were copied; null keeps them. It reads the
    /// members without noise, and no guarantee covers that.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double? NearCopies { get; init; }

    /// <summary>Of more samples than are needed, those are kept for which the members vote under a budget of its own; null asks nobody.</summary>
    public VotingSection? Voting { get; init; }

    /// <summary>k: every sample is replaced by the mean of at least k of them of its class; null leaves them.</summary>
    [Range(2, 10_000)]
    public int? KSame { get; init; }
}
