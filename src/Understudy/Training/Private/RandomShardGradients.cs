using Understudy.Data;
using Understudy.Privacy;
using Understudy.Privacy.Accounting;
using Understudy.Privacy.Calibration;
using Understudy.Privacy.Events;
using Understudy.Privacy.Ledger;
using Understudy.Privacy.Noise;
using Understudy.Torch;

namespace Understudy.Training.Private;

/// <summary>Noised vectors from shards of the records: each step chooses a shard by secret chance, and releases one bounded vector made from its records.</summary>
/// <remarks>
/// Each record goes to a shard by a secret draw of its own: handed out in turn, a record more would move those behind it. Which shard was chosen is as secret:
/// nothing may be logged that tells it.
/// </remarks>
internal sealed class RandomShardGradients : IDisposable
{
    // Keeps what a norm rounds to from passing the bound.
    private const double Margin = 1 - 1e-6;

    private readonly LedgerPlan plan;
    private readonly double bound;
    private readonly double sigma;
    private readonly PlanAccess<ImageSet> access;
    private readonly NoiseSource noise;
    private readonly RandomWords words;
    private readonly ImageSet[] shards;

    /// <summary>Reserves the plan in the ledger, and divides the records.</summary>
    /// <param name="plan">As <see cref="PlanFor"/> makes it.</param>
    /// <param name="bound">C: what a vector's L2 norm is brought down to.</param>
    /// <param name="members">The records.</param>
    /// <param name="noise">Whose noise is taken; null for the operating system's.</param>
    public RandomShardGradients(LedgerPlan plan, double bound, PrivateData<ImageSet> members, NoiseSource? noise = null)
    {
        var step = (RandomShardGaussianEvent)plan.Event;
        (this.plan, this.bound, this.noise) = (plan, bound, noise ?? new SystemNoiseSource());
        sigma = step.NoiseMultiplier.Value;
        words = new RandomWords(this.noise);
        access = members.Open(plan);
        var numbers = Enumerable.Range(0, (int)step.Shards).Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < access.Records.Count; i++) numbers[words.Below((ulong)numbers.Length)].Add(i);
        shards = Array.ConvertAll(numbers, ofShard => access.Records.Subset([.. ofShard]));
    }

    /// <summary>The plan with the least noise that keeps ε.</summary>
    /// <param name="label">What the ledger calls it.</param>
    /// <param name="epsilon">ε of all steps together.</param>
    /// <param name="account">Relation and δ.</param>
    /// <param name="shards">S.</param>
    /// <param name="steps">T.</param>
    public static LedgerPlan PlanFor(string label, Epsilon epsilon, LedgerAccount account, int shards, long steps)
    {
        var least = new Calibrator(new TightestAccountant(account.Relation), epsilon, account.Delta)
            .SmallestNoiseMultiplier(sigma => new RandomShardGaussianEvent(shards, sigma).Times(steps));
        return new LedgerPlan(label, new RandomShardGaussianEvent(shards, least), steps);
    }

    /// <summary>One step.</summary>
    /// <param name="vector">The vector of a shard, from its number and its records, which may be none; brought down to length C as a whole.</param>
    /// <returns>The vector with N(0, σ²C²) in each place; null if the plan is spent, when nothing was done.</returns>
    public Tensor? TryRelease(Func<int, ImageSet, Tensor> vector)
    {
        if (!access.TryPay()) return null;
        var chosen = (int)words.Below((ulong)shards.Length);
        var made = vector(chosen, shards[chosen]);
        var values = made.To(DType.Float64).ToArray<double>();
        var norm = Math.Sqrt(values.Sum(x => x * x));
        // One that is not finite counts as none.
        var factor = double.IsFinite(norm) ? Math.Min(1, bound * Margin / Math.Max(norm, double.Epsilon)) : 0;
        for (var i = 0; i < values.Length; i++) values[i] = factor == 0 ? 0 : values[i] * factor;
        noise.AddGaussian(values, sigma * bound);
        return Tensor.From(values, made.Shape).To(made.DType).To(made.Device);
    }

    /// <summary>A seed that nobody knows, for chance that touches records.</summary>
    public ulong SecretSeed() => words.Next();

    /// <summary>The plan for a reader.</summary>
    /// <param name="mechanism">What is released, in words.</param>
    /// <param name="records">N, as declared public.</param>
    /// <param name="kept">Steps whose results the model holds.</param>
    public PrivacyPlan Describe(string mechanism, long records, long kept) => new(mechanism, plan.Label, records, 1.0 / shards.Length, sigma, bound, plan.Steps, kept);

    /// <inheritdoc/>
    public void Dispose() => noise.Dispose();
}
