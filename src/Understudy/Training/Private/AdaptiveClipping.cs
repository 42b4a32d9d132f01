namespace Understudy.Training.Private;

/// <summary>Flat clipping whose bound follows a quantile of the norms (Andrew et al. 2021, 1905.03871, section 2).</summary>
/// <remarks>
/// Which share of the norms lies within the bound is a second query on the records: <see cref="ClippedGradient.CentredCount"/>, whose
/// sensitivity is ½. Whoever runs the plan adds noise to it and accounts for it before <see cref="Moved"/> sees it.
/// </remarks>
public sealed record AdaptiveClipping : FlatClipping
{
    /// <summary>Starts at a bound.</summary>
    /// <param name="bound">C of the first step, above 0 and finite.</param>
    /// <param name="quantile">γ: the share of norms that the bound is to hold, in (0, 1).</param>
    /// <param name="learningRate">η of the geometric update.</param>
    public AdaptiveClipping(double bound, double quantile = 0.5, double learningRate = 0.2)
        : base(bound)
    {
        if (double.IsInfinity(bound)) throw new ArgumentOutOfRangeException(nameof(bound), "adaptive clipping multiplies its bound, which must be finite");
        if (!(quantile is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(quantile), "a quantile lies between 0 and 1");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(learningRate);
        (Quantile, LearningRate) = (quantile, learningRate);
    }

    /// <summary>γ.</summary>
    public double Quantile { get; }

    /// <summary>η.</summary>
    public double LearningRate { get; }

    /// <summary>The clipping of the next step: C·exp(-η (b̃ - γ)), where b̃ = ½ + noisy count/expected batch (algorithm 1).</summary>
    /// <param name="noisyCentredCount"><see cref="ClippedGradient.CentredCount"/> with its noise.</param>
    /// <param name="expectedBatch">q·N, public; never the number drawn.</param>
    public AdaptiveClipping Moved(double noisyCentredCount, double expectedBatch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedBatch);
        // Noise may put the estimated share outside [0, 1], where no share is.
        var share = Math.Clamp(0.5 + (noisyCentredCount / expectedBatch), 0, 1);
        return this with { Bound = Bound * Math.Exp(-LearningRate * (share - Quantile)) };
    }
}
