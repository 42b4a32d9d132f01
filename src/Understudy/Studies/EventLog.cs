using System.Text.Json;
using Understudy.Data;
using Understudy.Training;

namespace Understudy.Studies;

/// <summary>
/// What happened in a run and when: one JSON document a line, only ever appended to. A line that a kill tore is left as it is; the next
/// event starts a line of its own.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="time">The clock.</param>
public sealed class EventLog(string path, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly FileStream _stream = Open(path);
    private (string, string) _reported;
    private long _reportedAt;

    /// <summary>Every whole line of a log, oldest first.</summary>
    public static IReadOnlyList<JsonElement> Read(string path)
    {
        var events = new List<JsonElement>();
        if (!File.Exists(path)) return events;
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                events.Add(JsonElement.Parse(line));
            }
            catch (JsonException)
            {
                // Torn by a kill while it was written.
            }
        }
        return events;
    }

    /// <summary>Appends an event.</summary>
    /// <param name="name">What happened: <c>started</c>, <c>finished</c>, <c>progress</c>.</param>
    /// <param name="stage">The stage of the pipeline.</param>
    /// <param name="subject">What the stage works on.</param>
    /// <param name="details">More, by name.</param>
    public void Append(string name, string stage, string subject, IReadOnlyDictionary<string, double>? details = null)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(new { Time = time.GetUtcNow(), Event = name, Stage = stage, Subject = subject, Details = details }, JsonText.OneLine);
        lock (_gate)
        {
            _stream.Write([.. line, (byte)'\n']);
            _stream.Flush();
        }
    }

    /// <summary>Appends progress, but no more often than every few seconds for one piece of work.</summary>
    public void Append(StageProgress progress)
    {
        lock (_gate)
        {
            var key = (progress.Stage, progress.Subject);
            if (key == _reported && time.GetElapsedTime(_reportedAt) < Pause) return;
            (_reported, _reportedAt) = (key, time.GetTimestamp());
        }
        var details = new Dictionary<string, double>(progress.Values) { ["done"] = progress.Done, ["total"] = progress.Total };
        Append("progress", progress.Stage, progress.Subject, details);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static FileStream Open(string path)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            if (stream.ReadByte() != '\n') stream.WriteByte((byte)'\n');
        }
        stream.Seek(0, SeekOrigin.End);
        return stream;
    }
}
