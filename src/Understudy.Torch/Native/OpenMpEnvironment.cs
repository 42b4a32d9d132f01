using System.Runtime.InteropServices;

namespace Understudy.Torch.Native;

/// <summary>What OpenMP and the BLAS read from the environment when they are loaded; set before libtorch is, unless the user has.</summary>
internal static partial class OpenMpEnvironment
{
    /// <summary>libtorch's own default outside Python is one thread; ours is every core, or <c>OMP_NUM_THREADS</c>.</summary>
    internal static int DefaultThreads =>
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), out var named) && named > 0 ? named : Environment.ProcessorCount;

    internal static void Prepare()
    {
        // Threads that wait by spinning slow a step many-fold as soon as another process wants a core.
        SetDefault("OMP_WAIT_POLICY", "passive");
    }

    // .NET keeps its own copy of the environment, which native code does not see.
    private static void SetDefault(string name, string value) => _ = setenv(name, value, overwrite: 0);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
