namespace Understudy.Torch.Tests;

/// <summary>The number of tensors there are, without those that only wait for the collector (other tests' leftovers).</summary>
internal static class LiveTensors
{
    internal static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Tensor.LiveCount;
    }
}
