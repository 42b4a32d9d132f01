using Understudy.Training;

namespace Understudy.Cli.Progress;

/// <summary>Progress as plain lines, for logs and pipes: at the start and the end of a piece of work, and between them every ten seconds.</summary>
internal sealed class ProgressLines(TextWriter writer, TimeProvider time) : IProgress<StageProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private (string Stage, string Subject) _last;
    private long _lastTime;

    public void Report(StageProgress value)
    {
        lock (_gate)
        {
            var key = (value.Stage, value.Subject);
            var finished = value.Done >= value.Total;
            if (key == _last && !finished && time.GetElapsedTime(_lastTime) < Pause) return;
            _last = key;
            _lastTime = time.GetTimestamp();
            writer.WriteLine($"{value.Stage} {value.Subject} {value.Done}/{value.Total}{ProgressText.Values(value)}");
        }
    }
}
