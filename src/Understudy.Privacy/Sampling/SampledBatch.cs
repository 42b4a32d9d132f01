namespace Understudy.Privacy.Sampling;

/// <summary>
/// The records of one step. How many they are is private: nothing may be divided by it, and it may not be logged. A batch may be empty; the step
/// then still adds its noise.
/// </summary>
public sealed class SampledBatch
{
    internal SampledBatch(int[] indices, bool[] mask)
    {
        Indices = indices;
        Mask = mask;
    }

    /// <summary>[rows]: the records' numbers, from 0. A padding row has the number 0 and is not a record of this step.</summary>
    public ReadOnlyMemory<int> Indices { get; }

    /// <summary>[rows]: false for padding, whose contribution to every sum must be replaced by 0 (not multiplied: 0 times NaN is no 0).</summary>
    public ReadOnlyMemory<bool> Mask { get; }
}
