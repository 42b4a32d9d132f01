using System.Collections.Concurrent;
using System.Text.Json;
using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies.Stages;
using Understudy.Training;

namespace Understudy.Studies.Grids;

/// <summary>The other end of a worker process: does the pieces that it is told, until its input ends.</summary>
public static class GridWorkerLoop
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Works.</summary>
    /// <param name="run">The run, joined.</param>
    /// <param name="ledger">Where what is spent on private data is kept; stays open.</param>
    /// <param name="input">Names of pieces, one a line.</param>
    /// <param name="output">Told how far each has come, one JSON document a line.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Asks to stop at a checkpoint, as the end of the input does.</param>
    /// <exception cref="InputException">The data cannot be read, or a piece has an unknown name.</exception>
    public static void Run(RunDirectory run, PrivacyLedger ledger, TextReader input, TextWriter output, TimeProvider time, CancellationToken cancellation)
    {
        // Neither is disposed of: the reader may be at them until the process ends.
        var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var orders = new BlockingCollection<string>();
        var reader = new Thread(Read) { IsBackground = true, Name = "orders" };
        reader.Start();
        var context = Pipeline.Open(run, ledger, time, progress: null, stopped.Token);
        var items = GridItems.Of(context.Study, GridPlan.Of(context.Study), run).ToDictionary(item => item.Id);
        var worker = new LocalWorker(context);
        var told = new Throttled(output, time);
        try
        {
            foreach (var order in orders.GetConsumingEnumerable(stopped.Token))
            {
                if (!items.TryGetValue(order, out var item)) throw new InputException($"this study has no piece of work called '{order}'");
                var why = worker.Do(item, told);
                Tell(output, new WorkerMessage(Failure: why));
            }
        }
        catch (OperationCanceledException)
        {
            Tell(output, new WorkerMessage(IsStopped: true));
        }

        void Read()
        {
            while (input.ReadLine() is { } line) orders.Add(line, CancellationToken.None);
            orders.CompleteAdding();
            stopped.Cancel();
        }
    }

    private static void Tell(TextWriter output, WorkerMessage message)
    {
        lock (output)
        {
            output.WriteLine(JsonSerializer.Serialize(message, JsonText.OneLine));
            output.Flush();
        }
    }

    private sealed class Throttled(TextWriter output, TimeProvider time) : IProgress<StageProgress>
    {
        private long _last;

        public void Report(StageProgress value)
        {
            if (_last != 0 && time.GetElapsedTime(_last) < Pause) return;
            _last = time.GetTimestamp();
            Tell(output, new WorkerMessage(value));
        }
    }
}
