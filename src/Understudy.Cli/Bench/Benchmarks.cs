using System.Diagnostics;
using Understudy.Privacy;
using Understudy.Privacy.Mechanisms;
using Understudy.Data;
using Understudy.Metrics;
using Understudy.Torch;

namespace Understudy.Cli.Bench;

/// <summary>What is measured.</summary>
/// <param name="startPeer">Starts a peer.</param>
/// <param name="tell">Told the name of a benchmark and how much of it is done.</param>
/// <param name="cancellation">Stops between two measurements.</param>
internal sealed class Benchmarks(PeerStart startPeer, Action<string, int, int> tell, CancellationToken cancellation)
{
    /// <summary>Counted measurements of each side.</summary>
    public const int Pairs = 15;

    private const int StepsPerMeasurement = 5;
    private const int CallsPerMeasurement = 20_000;
    private const int SettledSteps = 100;
    private const int MemorySteps = 500;
    private const int ReadingSteps = 50;

    /// <summary>Time of a step of DCGAN, training loop included.</summary>
    public BenchRow TrainingStep()
    {
        using var peer = startPeer("dcgan_step.py");
        var timing = new PairedTiming(peer is null ? null : peer.Run);
        var done = 0;
        var begin = Stopwatch.GetTimestamp();
        new DcganTraining(steps =>
        {
            if (steps - done < StepsPerMeasurement) return;
            timing.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds, steps - done);
            done = steps;
            tell("DCGAN step", done / StepsPerMeasurement, Pairs + 1);
            begin = Stopwatch.GetTimestamp();
        }).Run((Pairs + 1) * StepsPerMeasurement, cancellation);
        return new BenchRow("DCGAN training step, 28x28, batch 128", timing.Ours * 1e3, timing.Peers * 1e3, "ms");
    }

    /// <summary>Time of calling an operator whose work is next to nothing.</summary>
    public BenchRow OperatorCall()
    {
        using var peer = startPeer("op_overhead.py");
        var timing = new PairedTiming(peer is null ? null : peer.Run);
        using var a = Tensor.Ones([10]);
        using var b = Tensor.Ones([10]);
        for (var i = 0; i <= Pairs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var begin = Stopwatch.GetTimestamp();
            for (var call = 0; call < CallsPerMeasurement; call++) (a + b).Dispose();
            timing.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds, CallsPerMeasurement);
            tell("operator call", i, Pairs);
        }
        return new BenchRow("operator call, sum of ten values", timing.Ours * 1e6, timing.Peers * 1e6, "µs");
    }

    /// <summary>Growth of resident memory over a DCGAN's training, once all that stays is there.</summary>
    /// <remarks>
    /// The allocator hands memory back in lumps, so each figure is the median of several readings; garbage that was not collected yet is
    /// no growth.
    /// </remarks>
    public BenchRow MemoryGrowth()
    {
        var settled = new List<double>();
        var last = new List<double>();
        new DcganTraining(steps =>
        {
            tell("memory", steps, MemorySteps);
            var readings = steps switch
            {
                > SettledSteps - ReadingSteps and <= SettledSteps => settled,
                > MemorySteps - ReadingSteps => last,
                _ => null,
            };
            if (readings is null) return;
            GC.Collect();
            readings.Add(ResidentMemory.Kibibytes);
        }).Run(MemorySteps, cancellation);
        return new BenchRow($"memory growth from step {SettledSteps} to {MemorySteps}", 100 * ((Median.Of(last) / Median.Of(settled)) - 1), null, "%");
    }

    /// <summary>Time of the nearest of 60,000 images for each of 10,000: what distance attacks and neighbour votes do.</summary>
    public BenchRow NeighbourSearch()
    {
        const int pairs = 3;
        using var peer = startPeer("nearest_neighbours.py");
        var timing = new PairedTiming(peer is null ? null : peer.Run);
        var (queries, references) = (Noise(10_000, seed: 1), Noise(60_000, seed: 2));
        for (var i = 0; i <= pairs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var begin = Stopwatch.GetTimestamp();
            NearestNeighbours.Find(queries, references);
            timing.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds, 1);
            tell("neighbour search", i, pairs);
        }
        return new BenchRow("nearest of 60,000 images for each of 10,000, 28x28", timing.Ours, timing.Peers, "s");
    }

    /// <summary>Time of a clipped gradient beside that of the plain one, and the memory of either, network and gradients included.</summary>
    public IEnumerable<BenchRow> ClippedGradients()
    {
        const int batch = 256, residualBatch = 64, virtualBatch = 4096;
        foreach (var make in new Func<PrivateWorkload>[] { () => PrivateWorkload.Discriminator(batch), () => PrivateWorkload.Perceptron(batch), () => PrivateWorkload.Residual(residualBatch) })
        {
            var row = ClippedGradient(make);
            yield return row;
            yield return Noise(make);
            yield return new BenchRow($"peak memory, {row.Name}", Mebibytes(make, w => w.Private(2)), Mebibytes(make, w => w.Plain(2)), "MiB; peer: plain");
        }
        yield return new BenchRow(
            $"peak memory, clipped gradient of {virtualBatch} records of the discriminator",
            Mebibytes(() => PrivateWorkload.Discriminator(virtualBatch), w => w.Private(1)),
            Mebibytes(() => PrivateWorkload.Discriminator(batch), w => w.Private(2)),
            $"MiB; peer: of {batch}");
    }

    private static ImageSet Noise(int count, ulong seed)
    {
        var shape = new ImageShape(1, 28, 28);
        TorchRuntime.ManualSeed(seed);
        using var scope = new TensorScope();
        return new ImageSet(shape, Tensor.RandInt(0, 256, [count, shape.Length], DType.UInt8).ToArray<byte>());
    }

    private BenchRow ClippedGradient(Func<PrivateWorkload> make)
    {
        const int times = 2;
        using var workload = make();
        var timing = new PairedTiming(steps => new PeerAnswer(workload.Plain(steps), steps, 0));
        for (var i = 0; i <= Pairs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            timing.Add(workload.Private(times), times);
            tell(workload.Name, i, Pairs);
        }
        return new BenchRow($"clipped gradient, {workload.Name}", timing.Ours * 1e3, timing.Peers * 1e3, "ms; peer: plain");
    }

    /// <summary>Time of the secure noise that a step adds, beside that of the clipped gradient it is added to.</summary>
    private BenchRow Noise(Func<PrivateWorkload> make)
    {
        using var workload = make();
        var sum = new float[workload.ParameterCount];
        var timing = new PairedTiming(steps => new PeerAnswer(workload.Private(steps), steps, 0));
        for (var i = 0; i <= Pairs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var begin = Stopwatch.GetTimestamp();
            new GaussianMechanism(NeighbouringRelation.AddOrRemoveOne, bound: 1, new NoiseMultiplier(1)).Release(sum);
            timing.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds, 1);
        }
        return new BenchRow($"secure noise of a step, {workload.Name}", timing.Ours * 1e3, timing.Peers * 1e3, "ms; peer: clipped gradient");
    }

    private static double Mebibytes(Func<PrivateWorkload> make, Action<PrivateWorkload> work) => PeakMemory.Kibibytes(() =>
    {
        using var workload = make();
        work(workload);
    }) / 1024;
}
