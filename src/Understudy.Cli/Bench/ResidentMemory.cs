namespace Understudy.Cli.Bench;

/// <summary>This process's memory, native memory included.</summary>
internal static class ResidentMemory
{
    /// <summary>Resident memory now, KiB.</summary>
    public static double Kibibytes
    {
        get
        {
            var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
        }
    }
}
