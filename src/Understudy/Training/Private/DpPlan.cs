using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Calibration;
using Understudy.Privacy.Events;
using Understudy.Privacy.Sampling;

namespace Understudy.Training.Private;

/// <summary>
/// What a private training does to the records, as one value: how batches are drawn, how gradients are clipped, how much noise is added, what
/// they are divided by and how often. Sampler, noise and accounting all come from it, so that they cannot disagree.
/// </summary>
/// <remarks>DP-SGD (Abadi et al., CCS 2016, 1607.00133) with Poisson batches: a step is [Σ clip(gᵢ, C) + N(0, σ²C² I)] / (qN).</remarks>
public sealed record DpPlan
{
    /// <summary>How far one record moves the centred count of norms within the bound.</summary>
    internal const double CountSensitivity = 0.5;

    private DpPlan(NeighbouringRelation relation, long records, int batchSize, int? maximumBatch, Clipping clipping, long steps, NoiseMultiplier noise) =>
        (Relation, Records, BatchSize, MaximumBatch, Clipping, Steps, NoiseMultiplier) = (relation, records, batchSize, maximumBatch, clipping, steps, noise);

    /// <summary>Which data sets the guarantee compares.</summary>
    public NeighbouringRelation Relation { get; }

    /// <summary>N, the number of records as declared public. What is true of the records cannot change the guarantee.</summary>
    public long Records { get; }

    /// <summary>qN, the batch size expected: a public constant, and what sums are divided by.</summary>
    public int BatchSize { get; }

    /// <summary>The rows that every batch has, where Poisson samples are truncated and padded to one size; null where batches vary.</summary>
    public int? MaximumBatch { get; }

    /// <summary>How one record's gradient is bounded.</summary>
    public Clipping Clipping { get; }

    /// <summary>T.</summary>
    public long Steps { get; }

    /// <summary>σ: the noise has standard deviation σC.</summary>
    public NoiseMultiplier NoiseMultiplier { get; }

    /// <summary>q, the probability with which a record takes part in a step.</summary>
    public SamplingRate SamplingRate => new((double)BatchSize / Records);

    /// <summary>
    /// σ of the count of norms within the bound, relative to its sensitivity of ½, where clipping follows a quantile; otherwise null. Its standard
    /// deviation is a twentieth of the batch, as in Andrew et al. 2021, 1905.03871, section 3.1.
    /// </summary>
    public NoiseMultiplier? CountNoise => Clipping is AdaptiveClipping ? new NoiseMultiplier(BatchSize / 20.0 / CountSensitivity) : null;

    /// <summary>What an accountant is told of one step: the gradient, and the count where there is one, of the same batch.</summary>
    public PrivacyEvent StepEvent => (MaximumBatch, CountNoise) switch
    {
        ({ } maximum, _) => new TruncatedPoissonGaussianEvent(Records, SamplingRate, maximum, NoiseMultiplier),
        (_, { } count) => new GaussianEvent(NoiseMultiplier).Then(new GaussianEvent(count)).Sampled(SamplingRate),
        _ => new GaussianEvent(NoiseMultiplier).Sampled(SamplingRate),
    };

    /// <summary>What an accountant is told of all steps.</summary>
    public PrivacyEvent Event => StepEvent.Times(Steps);

    /// <summary>The plan with the least noise that keeps ε.</summary>
    /// <param name="target">ε of all steps together.</param>
    /// <param name="delta">δ.</param>
    /// <param name="relation">Which data sets are compared.</param>
    /// <param name="records">N, declared public.</param>
    /// <param name="batchSize">Records expected in a batch, at most N.</param>
    /// <param name="clipping">How one record's gradient is bounded.</param>
    /// <param name="steps">T.</param>
    /// <param name="maximumBatch">Rows of every batch, where all are to have one size; null lets them vary. It needs zero-out neighbours, and N to be true.</param>
    /// <exception cref="ArgumentException">
    /// The batch is larger than the data or than its maximum, or clipping by quantile meets batches of one size or costs more than ε by itself.
    /// </exception>
    /// <exception cref="UnsupportedEventException">Batches of one size meet another relation than zero-out.</exception>
    public static DpPlan Calibrate(
        Epsilon target, Delta delta, NeighbouringRelation relation, long records, int batchSize, Clipping clipping, long steps, int? maximumBatch = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        if (batchSize > records) throw new ArgumentException($"a batch of {batchSize} cannot be expected of {records} records", nameof(batchSize));
        if (maximumBatch < batchSize) throw new ArgumentException($"a batch of {batchSize} is expected, and none may exceed {maximumBatch}", nameof(maximumBatch));
        if (maximumBatch is not null && clipping is AdaptiveClipping)
            throw new ArgumentException("batches of one size and clipping by a quantile cannot be accounted for together; let batches vary, or clip flat", nameof(clipping));
        var free = new DpPlan(relation, records, batchSize, maximumBatch, clipping, steps, new NoiseMultiplier(0));
        var accountant = new TightestAccountant(relation);
        if (free.CountNoise is { } count && !(accountant.EpsilonAt(new GaussianEvent(count).Sampled(free.SamplingRate).Times(steps), delta).Upper.Value < target.Value))
            throw new ArgumentException(
                $"clipping at a quantile counts the norms of {batchSize} records a step, which alone costs more than epsilon {target} in {steps} steps; take larger batches or fewer steps, or clip flat",
                nameof(clipping));
        var noise = new Calibrator(accountant, target, delta).SmallestNoiseMultiplier(sigma => free.With(sigma).Event);
        return free.With(noise);
    }

    /// <summary>Plans of several networks that learn from the same records, alike but for their steps, with the least noise that keeps ε for all of them together.</summary>
    /// <param name="target">ε of all steps of all plans.</param>
    /// <param name="delta">δ.</param>
    /// <param name="relation">Which data sets are compared.</param>
    /// <param name="records">N, declared public.</param>
    /// <param name="batchSize">Records expected in a batch, at most N.</param>
    /// <param name="clipping">How one record's gradient is bounded.</param>
    /// <param name="steps">T of each plan.</param>
    /// <exception cref="ArgumentException">The batch is larger than the data.</exception>
    public static IReadOnlyList<DpPlan> CalibrateTogether(
        Epsilon target, Delta delta, NeighbouringRelation relation, long records, int batchSize, Clipping clipping, IReadOnlyList<long> steps)
    {
        // Steps of one kind compose alike, whichever network they train.
        var all = Calibrate(target, delta, relation, records, batchSize, clipping, steps.Sum());
        return [.. steps.Select(own => new DpPlan(relation, records, batchSize, null, clipping, own, all.NoiseMultiplier))];
    }

    /// <summary>The plan for a reader.</summary>
    /// <param name="mechanism">What is trained, in words.</param>
    /// <param name="label">What the ledger calls it.</param>
    /// <param name="kept">Steps whose results the model holds.</param>
    public PrivacyPlan Describe(string mechanism, string label, long kept) =>
        new($"{mechanism}, {ClippingInWords}", label, Records, SamplingRate.Value, NoiseMultiplier.Value, Clipping.Bound, Steps, kept);

    /// <summary>Draws the batches of this plan from so many records as there truly are.</summary>
    /// <exception cref="ArgumentException">Batches of one size are accounted for with N, and N is not true.</exception>
    internal Privacy.Sampling.BatchSampler Sampler(int records)
    {
        if (MaximumBatch is not { } maximum) return new PoissonSampler(records, SamplingRate);
        if (records != Records) throw new ArgumentException($"{Records} records were declared and there are {records}; batches of one size need the true number", nameof(records));
        return new TruncatedPoissonSampler(records, SamplingRate, maximum);
    }

    private string ClippingInWords => Clipping switch
    {
        AdaptiveClipping adaptive => $"gradients clipped at a noised {adaptive.Quantile} quantile of their norms",
        PerLayerClipping => "gradients clipped layer by layer",
        AutomaticClipping => "gradients normalised",
        _ => "gradients clipped",
    };

    private DpPlan With(NoiseMultiplier noise) => new(Relation, Records, BatchSize, MaximumBatch, Clipping, Steps, noise);
}
