using System.Runtime.InteropServices;

namespace Understudy.Torch.Native;

/// <summary>What native code reads when it is loaded, set before libtorch is: OpenMP's environment, unless the user has, and the C allocator's thresholds.</summary>
internal static partial class NativeEnvironment
{
    /// <summary>libtorch's own default outside Python is one thread; ours is every core, or <c>OMP_NUM_THREADS</c>.</summary>
    internal static int DefaultThreads =>
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), out var named) && named > 0 ? named : Environment.ProcessorCount;

    internal static void Prepare()
    {
        // Threads that wait by spinning slow a step many-fold as soon as another process wants a core.
        SetDefault("OMP_WAIT_POLICY", "passive");

        // A training step frees and takes the same large blocks again and again. Kept in the heap instead of given back to the system,
        // their pages need not be mapped and cleared each time, which is a tenth of a convolutional network's step.
        const int trimThreshold = -1, mmapThreshold = -3, largestMmapThreshold = 32 << 20;
        _ = mallopt(mmapThreshold, largestMmapThreshold);
        _ = mallopt(trimThreshold, int.MaxValue);
    }

    // .NET keeps its own copy of the environment, which native code does not see.
    private static void SetDefault(string name, string value) => _ = setenv(name, value, overwrite: 0);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
