using Understudy.Data;

namespace Understudy.Training;

/// <summary>Batches in which every class is as likely, drawn with replacement: for the few labelled records of an unbalanced set.</summary>
/// <remarks>The batch of a step is a function of the seed and the step alone.</remarks>
public sealed class BalancedSampler
{
    private readonly int[][] byClass;
    private readonly int[] batch;
    private readonly ulong seed;

    /// <summary>Creates a sampler.</summary>
    /// <param name="records">Indices of the records to draw.</param>
    /// <param name="labels">Their classes, by index.</param>
    /// <param name="batchSize">Records in a batch.</param>
    /// <param name="seed">Decides every batch.</param>
    public BalancedSampler(int[] records, int[] labels, int batchSize, ulong seed)
    {
        byClass = [.. records.GroupBy(i => labels[i]).OrderBy(same => same.Key).Select(same => same.ToArray())];
        batch = new int[batchSize];
        this.seed = seed;
    }

    /// <summary>The records of a step's batch; valid until the next call.</summary>
    /// <param name="step">From 0.</param>
    public ReadOnlySpan<int> Batch(long step)
    {
        var random = SplitMix64.ForDraw(seed, step);
        for (var i = 0; i < batch.Length; i++)
        {
            var same = byClass[random.NextInt(byClass.Length)];
            batch[i] = same[random.NextInt(same.Length)];
        }
        return batch;
    }
}
