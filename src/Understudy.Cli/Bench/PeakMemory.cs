using System.Runtime.InteropServices;

namespace Understudy.Cli.Bench;

/// <summary>How much memory a piece of work takes at its height, native memory included.</summary>
internal static partial class PeakMemory
{
    /// <summary>The highest resident memory during the work less that before it, KiB.</summary>
    public static double Kibibytes(Action work)
    {
        // What earlier work freed stays with the allocator, and would hide what this work takes.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _ = malloc_trim(0);
        const string resetPeak = "5";
        File.WriteAllText("/proc/self/clear_refs", resetPeak);
        var before = ResidentMemory.Kibibytes;
        work();
        return ResidentMemory.PeakKibibytes - before;
    }

    [LibraryImport("libc")]
    private static partial int malloc_trim(nint pad);
}
