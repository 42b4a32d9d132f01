using Understudy.Studies.Stages;
using Understudy.Training;

namespace Understudy.Studies.Grids;

/// <summary>One board for a whole grid: how many pieces are done, about how long the rest takes, and what each worker is at.</summary>
/// <param name="context">The run.</param>
/// <param name="schedule">The work.</param>
/// <param name="workers">How many share it.</param>
internal sealed class GridBoard(StageContext context, GridSchedule schedule, int workers)
{
    private static readonly Dictionary<string, double> Nothing = [];

    /// <summary>Shows the whole.</summary>
    public void Show()
    {
        var values = new Dictionary<string, double>();
        if (schedule.Failures.Count > 0) values["failed"] = schedule.Failures.Count;
        if (schedule.SecondsLeft(workers) is { } seconds) values["minutes left"] = Math.Round(seconds / 60, 1);
        context.Progress?.Report(new StageProgress(GridStage.Name, "in all", schedule.Done, schedule.Total, values) { Row = GridStage.Name });
    }

    /// <summary>A worker has begun a piece.</summary>
    public void Started(GridItem item, int worker)
    {
        context.Events?.Append("started", item.Stage, item.Subject);
        Of(worker, item).Report(new StageProgress(item.Stage, item.Subject, 0, 1, Nothing));
    }

    /// <summary>A worker has ended a piece.</summary>
    public void Finished(GridItem item, int worker, double seconds, string? why)
    {
        context.Events?.Append(why is null ? "finished" : "failed", item.Stage, item.Subject, new Dictionary<string, double> { ["seconds"] = seconds });
        Of(worker, item).Report(new StageProgress(item.Stage, why is null ? item.Subject : $"{item.Subject}: {why}", 1, 1, Nothing));
        Show();
    }

    /// <summary>Where a worker tells how far a piece has come.</summary>
    public IProgress<StageProgress> Of(int worker, GridItem item) => new WorkerRow(context, item, $"worker {worker + 1}");

    private sealed class WorkerRow(StageContext context, GridItem item, string row) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => context.Progress?.Report(value with { Subject = value.Subject.Length < item.Subject.Length ? item.Subject : value.Subject, Row = row });
    }
}
