using Understudy.Data;

namespace Understudy.Training;

/// <summary>Shuffled batches without replacement: each epoch a fresh permutation, its last partial batch dropped.</summary>
/// <remarks>The batch of a step is a function of the seed and the step alone, so that a run can resume anywhere.</remarks>
public sealed class BatchSampler
{
    private readonly ulong seed;
    private readonly int[] order;
    private long epochInOrder = -1;

    /// <summary>Creates a sampler of <paramref name="count"/> records.</summary>
    /// <param name="count">Records, at least 1.</param>
    /// <param name="batchSize">Records in a batch; all of them where there are fewer.</param>
    /// <param name="seed">Decides every permutation.</param>
    public BatchSampler(int count, int batchSize, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        this.seed = seed;
        BatchSize = Math.Min(batchSize, count);
        order = new int[count];
    }

    /// <summary>Records in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Batches in an epoch.</summary>
    public int BatchesPerEpoch => order.Length / BatchSize;

    /// <summary>The records of a step's batch; valid until the next call.</summary>
    /// <param name="step">From 0.</param>
    public ReadOnlySpan<int> Batch(long step)
    {
        var (epoch, batch) = Math.DivRem(step, BatchesPerEpoch);
        if (epoch != epochInOrder)
        {
            for (var i = 0; i < order.Length; i++) order[i] = i;
            new SplitMix64(Seed.Derive(seed, "epoch", epoch)).Shuffle(order.AsSpan());
            epochInOrder = epoch;
        }
        return order.AsSpan((int)batch * BatchSize, BatchSize);
    }
}
