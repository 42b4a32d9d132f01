using System.Diagnostics;

namespace Understudy.Cli.Bench;

/// <summary>Times two programs in turns, so that whatever else the machine does falls on both alike.</summary>
internal static class PairedTiming
{
    /// <summary>Median seconds of one step of ours and of the peer's.</summary>
    /// <param name="ours">One step.</param>
    /// <param name="peer">Does the same step; null times ours alone.</param>
    /// <param name="steps">Steps in one measurement.</param>
    /// <param name="pairs">Measurements of each, after one of each that is not counted.</param>
    /// <param name="progress">Told the number of pairs done.</param>
    public static (double Ours, double? Peer) Medians(Action ours, Func<int, PeerAnswer>? peer, int steps, int pairs, Action<int> progress)
    {
        var oursSeconds = new double[pairs];
        var peerSeconds = new double[pairs];
        for (var i = -1; i < pairs; i++)
        {
            progress(i + 1);
            var begin = Stopwatch.GetTimestamp();
            for (var step = 0; step < steps; step++) ours();
            var elapsed = Stopwatch.GetElapsedTime(begin).TotalSeconds / steps;
            var answer = peer?.Invoke(steps);
            if (i < 0) continue;
            oursSeconds[i] = elapsed;
            if (answer is not null) peerSeconds[i] = answer.Seconds / answer.Steps;
        }
        return (Median(oursSeconds), peer is null ? null : Median(peerSeconds));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
