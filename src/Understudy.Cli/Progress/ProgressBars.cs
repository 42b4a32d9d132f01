using Spectre.Console;
using Understudy.Training;

namespace Understudy.Cli.Progress;

/// <summary>One bar for each piece of work of each stage.</summary>
internal sealed class ProgressBars(ProgressContext context) : IProgress<StageProgress>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Stage, string Subject), ProgressTask> _tasks = [];

    public static T Run<T>(IAnsiConsole console, Func<IProgress<StageProgress>, T> work) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context => work(new ProgressBars(context)));

    public void Report(StageProgress value)
    {
        lock (_gate)
        {
            var key = (value.Stage, value.Subject);
            if (!_tasks.TryGetValue(key, out var task)) _tasks[key] = task = context.AddTask(value.Stage);
            task.Description = Markup.Escape($"{value.Stage} {value.Subject}{ProgressText.Values(value)}");
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Total == 0 ? 1 : value.Done;
        }
    }
}
