namespace Understudy.Metrics;

/// <summary>How long loops run in parallel: a thread a core. Left to itself the thread pool adds threads to loops whose turns take seconds, and they get in each other's way.</summary>
internal static class Cores
{
    /// <summary>For <see cref="Parallel"/>.</summary>
    public static ParallelOptions All { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
}
