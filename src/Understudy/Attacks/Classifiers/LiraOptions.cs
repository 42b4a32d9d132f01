namespace Understudy.Attacks.Classifiers;

/// <summary>How LiRA fits its Gaussians.</summary>
public sealed record LiraOptions
{
    /// <summary>
    /// Whether one variance serves all records; null for the paper's choice: below 64 models, the target counted, the few scores of one record are too few for a
    /// variance of its own.
    /// </summary>
    public bool? PooledVariance { get; init; }

    /// <summary>Whether the centre is the median instead of the mean.</summary>
    public bool UseMedian { get; init; }
}
