namespace Understudy.Cli.Bench;

/// <summary>This process's memory, native memory included.</summary>
internal static class ResidentMemory
{
    /// <summary>Resident memory by the growth that a run of steps causes, percent.</summary>
    /// <param name="step">One step.</param>
    /// <param name="settled">Steps after which all that stays is there.</param>
    /// <param name="total">Steps of the run.</param>
    /// <param name="progress">Told the number of steps done.</param>
    public static double GrowthPercent(Action step, int settled, int total, Action<int> progress)
    {
        double atSettled = 0;
        for (var i = 0; i < total; i++)
        {
            if (i == settled) atSettled = Kibibytes();
            step();
            progress(i + 1);
        }
        return 100 * ((Kibibytes() / atSettled) - 1);
    }

    private static double Kibibytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]);
    }
}
