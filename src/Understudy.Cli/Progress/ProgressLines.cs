using Understudy.Training;

namespace Understudy.Cli.Progress;

/// <summary>Progress as plain lines, for logs and pipes: at the start and the end of a piece of work, and between them every ten seconds.</summary>
internal sealed class ProgressLines(TextWriter writer, TimeProvider time) : IProgress<StageProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Stage, string Subject, long Time)> _last = [];

    public void Report(StageProgress value)
    {
        lock (_gate)
        {
            var row = value.Row ?? "";
            var finished = value.Done >= value.Total;
            if (_last.TryGetValue(row, out var last) && (last.Stage, last.Subject) == (value.Stage, value.Subject) && !finished && value.Row != value.Stage
                && time.GetElapsedTime(last.Time) < Pause) return;
            _last[row] = (value.Stage, value.Subject, time.GetTimestamp());
            writer.WriteLine($"{value.Stage} {value.Subject} {value.Done}/{value.Total}{ProgressText.Values(value)}");
        }
    }
}
