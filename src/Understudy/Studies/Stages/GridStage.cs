using Understudy.Classification;
using Understudy.Data;
using Understudy.Privacy.Ledger;
using Understudy.Studies.Grids;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>Does the work of a grid: shares it out, survives what fails, and says how far it has come.</summary>
/// <param name="context">The run.</param>
/// <param name="command">How to start workers; null works in this process alone.</param>
internal sealed class GridStage(StageContext context, WorkerCommand? command)
{
    public const string Name = "grid";

    private const double Gibibyte = 1L << 30;

    private readonly GridPlan _plan = GridPlan.Of(context.Study);

    /// <summary>Does what is left of some stages.</summary>
    /// <param name="stages">Which; none for all.</param>
    /// <exception cref="InputException">A stage is asked for before another that it needs.</exception>
    public void Run(params string[] stages)
    {
        Reserve();
        var items = GridItems.Of(context.Study, _plan, context.Run).Where(item => stages.Length == 0 || stages.Contains(item.Stage)).ToArray();
        RequireNeeds(items);
        foreach (var item in items) Directory.CreateDirectory(Path.GetDirectoryName(item.Result)!);
        var failures = RunAsync(items).GetAwaiter().GetResult();
        AtomicFile.WriteText(context.Run.FailuresFile, JsonText.Write(failures));
        var guarantees = new Guarantees(context.Private.Extract(), context.Private.Run);
        AtomicFile.WriteText(context.Run.GuaranteesFile, JsonText.Write(_plan.Releases.ToDictionary(release => release.Id, guarantees.Of)));
    }

    /// <summary>Reserves all that any piece will spend before any spends, so that together they are judged as chosen in advance.</summary>
    /// <exception cref="LedgerException">The cap forbids it.</exception>
    private void Reserve()
    {
        foreach (var generator in _plan.Generators) Try(() => new GenerationStage(context).Reserve(generator.Method));
        if (context.Splits.Members.Labels is not null)
        {
            foreach (var classifier in _plan.Classifiers.Where(classifier => classifier.Baseline is not null))
                Try(() => context.Private.Reserve(classifier.Id, (account, records) => DownstreamClassifier.Plans(classifier.Baseline!.Options, account, records)));
        }
        foreach (var data in _plan.DataSets.Where(data => data.Sampler is not null)) context.Private.Reserve(data.Id, (account, _) => DataSetDrawing.Plans(data.Sampler!, account));
        foreach (var release in _plan.Releases.Where(release => release.Selection is not null))
            context.Private.Reserve(release.Id, (account, _) => SelectionStage.Plans(release, context.Study.Grid!.Selection!, account));

        // What a cell cannot do it will say itself, without taking the others along.
        static void Try(Action reserve)
        {
            try
            {
                reserve();
            }
            catch (Exception exception) when (exception is InputException or ArgumentException)
            {
            }
        }
    }

    private void RequireNeeds(GridItem[] items)
    {
        var known = items.Select(item => item.Id).ToHashSet();
        var all = GridItems.Of(context.Study, _plan, context.Run).ToDictionary(item => item.Id);
        foreach (var need in items.SelectMany(item => item.Needs).Where(need => !known.Contains(need) && !File.Exists(all[need].Result)).Take(1))
            throw new InputException($"{all[need].Subject} has not been through {all[need].Stage} yet; run: understudy run {context.Run.StudyFile} --output {context.Run.Path} --resume");
    }

    private async Task<IReadOnlyList<GridFailure>> RunAsync(GridItem[] items)
    {
        var schedule = new GridSchedule(items, item => File.Exists(item.Result));
        var grid = context.Study.Grid!;
        var most = Math.Min(command is null ? 1 : grid.Workers > 0 ? grid.Workers : Environment.ProcessorCount, Math.Max(1, schedule.Total - schedule.Done));
        var workers = Enumerable.Range(0, most).Select(_ => Start(most)).ToArray();
        var idle = new Stack<int>(Enumerable.Range(0, most).Reverse());
        var running = new Dictionary<Task<string?>, (GridItem Item, int Worker, long Since)>();
        var board = new GridBoard(context, schedule, most);
        try
        {
            board.Show();
            while (!schedule.IsFinished)
            {
                while (idle.Count > 0 && (running.Count == 0 || Fits(workers, grid.Memory)) && !context.Cancellation.IsCancellationRequested && schedule.Next() is { } item)
                {
                    var worker = idle.Pop();
                    board.Started(item, worker);
                    var since = context.Time.GetTimestamp(); // before: a worker in this process returns when it is done
                    running.Add(workers[worker].Do(item, board.Of(worker, item), context.Cancellation), (item, worker, since));
                }
                if (running.Count == 0) break;
                var finished = await Task.WhenAny(running.Keys);
                running.Remove(finished, out var done);
                idle.Push(done.Worker);
                var seconds = context.Time.GetElapsedTime(done.Since).TotalSeconds;
                var why = await finished;
                if (why is null && !File.Exists(done.Item.Result)) why = $"it left no {Path.GetFileName(done.Item.Result)}";
                if (why is null) schedule.Finish(done.Item, seconds);
                else schedule.Fail(done.Item, why);
                board.Finished(done.Item, done.Worker, seconds, why);
            }
            context.Cancellation.ThrowIfCancellationRequested();
            return schedule.Failures;
        }
        finally
        {
            foreach (var worker in workers) worker.Dispose();
        }
    }

    private IGridWorker Start(int most) => command is null || most == 1
        ? new LocalWorker(context)
        : new ProcessWorker(command, context.Run.Path, Math.Max(1, Environment.ProcessorCount / most));

    /// <summary>Whether there is memory for one more worker, as large as the largest so far.</summary>
    private static bool Fits(IGridWorker[] workers, double limit)
    {
        if (limit <= 0) return true;
        var held = workers.Select(worker => worker.Memory).ToArray();
        return held.Sum() + held.Max() <= limit * Gibibyte;
    }
}
