using Spectre.Console;
using Understudy.Training;

namespace Understudy.Cli.Progress;

/// <summary>One bar for each piece of work of each stage, or for each worker of a grid and one for the whole; with its first live figures where the terminal is wide enough.</summary>
internal sealed class ProgressBars(ProgressContext context, bool isWide) : IProgress<StageProgress>
{
    private const int BarWidth = 24;
    private const int WideTerminal = 110;
    private const int ShownFigures = 2;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Stage, string Subject), ProgressTask> _tasks = [];

    public static T Run<T>(IAnsiConsole console, Func<IProgress<StageProgress>, T> work) =>
        console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = BarWidth },
                new PercentageColumn(),
                new ElapsedTimeColumn())
            .Start(context => work(new ProgressBars(context, console.Profile.Width >= WideTerminal)));

    public void Report(StageProgress value)
    {
        lock (_gate)
        {
            var key = value.Row is { } row ? (row, "") : (value.Stage, value.Subject);
            if (!_tasks.TryGetValue(key, out var task)) _tasks[key] = task = context.AddTask(value.Stage);
            task.Description = Markup.Escape($"{(value.Row is null ? "" : $"{value.Row}: ")}{value.Stage} {value.Subject}{ProgressText.Values(value, isWide ? ShownFigures : 0)}");
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Total == 0 ? 1 : value.Done;
        }
    }
}
