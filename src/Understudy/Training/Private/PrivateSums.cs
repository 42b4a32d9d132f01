using Understudy.Data;
using Understudy.Privacy.Noise;

namespace Understudy.Training.Private;

/// <summary>Noised sums over the batches of a plan: each step draws a batch, adds up what its records give, and adds the noise.</summary>
/// <remarks>The sum, once noised, may be used in any way. A step that fails releases nothing and stays paid for.</remarks>
public sealed class PrivateSums : IDisposable
{
    private readonly string label;
    private readonly DpPlan plan;
    private readonly PlanAccess<ImageSet> access;
    private readonly Privacy.Sampling.BatchSampler sampler;
    private readonly NoiseSource noise;

    /// <summary>Reserves the plan in the ledger.</summary>
    /// <param name="label">The plan's name in the ledger.</param>
    /// <param name="plan">What to do; its clipping is flat, and its bound is on what one record adds.</param>
    /// <param name="members">The records.</param>
    public PrivateSums(string label, DpPlan plan, PrivateData<ImageSet> members)
        : this(label, plan, members, new SystemNoiseSource())
    {
    }

    internal PrivateSums(string label, DpPlan plan, PrivateData<ImageSet> members, NoiseSource noise)
    {
        if (plan is not { Clipping: FlatClipping, MaximumBatch: null }) throw new ArgumentException("sums are bounded flat, and their batches vary", nameof(plan));
        (this.label, this.plan, this.noise) = (label, plan, noise);
        access = members.Open(label, plan);
        sampler = plan.Sampler(access.Records.Count);
    }

    /// <summary>One step.</summary>
    /// <param name="sum">
    /// The sum over records, which may be none. It depends on its argument and on what is public; adding or removing one record moves it by at most the
    /// plan's bound in L2 norm.
    /// </param>
    /// <returns>Σ + N(0, σ²C² I); null if the plan is spent, when nothing was done.</returns>
    public double[]? TrySum(Func<ImageSet, double[]> sum)
    {
        if (!access.TryPay()) return null;
        var values = sum(access.Records.Subset(sampler.Next().Indices.Span));
        foreach (var value in values)
            if (!double.IsFinite(value)) throw new ArgumentException("a sum to release is infinite or not a number", nameof(sum));
        noise.AddGaussian(values, plan.NoiseMultiplier.Value * plan.Clipping.Bound);
        return values;
    }

    /// <summary>The plan for a reader.</summary>
    /// <param name="mechanism">What is released, in words.</param>
    /// <param name="kept">Steps whose results the model holds.</param>
    public PrivacyPlan Describe(string mechanism, long kept) =>
        new(mechanism, label, plan.Records, plan.SamplingRate.Value, plan.NoiseMultiplier.Value, plan.Clipping.Bound, plan.Steps, kept);

    /// <inheritdoc/>
    public void Dispose()
    {
        noise.Dispose();
        sampler.Dispose();
    }
}
