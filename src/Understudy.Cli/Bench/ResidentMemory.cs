namespace Understudy.Cli.Bench;

/// <summary>This process's memory, native memory included.</summary>
internal static class ResidentMemory
{
    /// <summary>Resident memory now, KiB.</summary>
    public static double Kibibytes => Read("VmRSS:");

    /// <summary>The highest resident memory so far, KiB.</summary>
    public static double PeakKibibytes => Read("VmHWM:");

    private static double Read(string figure)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(figure, StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
    }
}
