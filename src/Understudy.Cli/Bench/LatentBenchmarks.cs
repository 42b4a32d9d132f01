namespace Understudy.Cli.Bench;

/// <summary>What is measured of inversion and walks.</summary>
/// <param name="startPeer">Starts a peer.</param>
/// <param name="tell">Told the name of a benchmark and how much of it is done.</param>
/// <param name="cancellation">Stops between two measurements.</param>
internal sealed class LatentBenchmarks(PeerStart startPeer, Action<string, int, int> tell, CancellationToken cancellation)
{
    private const int Pairs = 5;
    private const int StepsPerMeasurement = 20;

    /// <summary>Time of an iteration of an inversion and of a step of PLAN, and the growth of memory over the measurements.</summary>
    public IEnumerable<BenchRow> All()
    {
        using var work = new LatentWorkloads();
        var resident = new List<double>();
        yield return Timed($"inversion iteration, {LatentWorkloads.InvertedImages} images of 28x28", "inversion.py", work.Invert, resident);
        yield return new BenchRow($"memory growth over {Pairs * StepsPerMeasurement} iterations of inversion", Growth(resident), null, "%");
        resident.Clear();
        yield return Timed($"PLAN step, {LatentWorkloads.WalkPoints} points of 28x28", "plan_walk.py", work.Walk, resident);
        yield return new BenchRow($"memory growth over {Pairs * StepsPerMeasurement} steps of PLAN", Growth(resident), null, "%");
    }

    private static double Growth(List<double> resident) => 100 * ((resident[^1] / resident[0]) - 1);

    private BenchRow Timed(string name, string script, Func<int, double> work, List<double> resident)
    {
        using var peer = startPeer(script);
        var timing = new PairedTiming(peer is null ? null : peer.Run);
        for (var i = 0; i <= Pairs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            timing.Add(work(StepsPerMeasurement), StepsPerMeasurement);
            GC.Collect();
            resident.Add(ResidentMemory.Kibibytes);
            tell(name, i, Pairs);
        }
        return new BenchRow(name, timing.Ours * 1e3, timing.Peers * 1e3, "ms");
    }
}
