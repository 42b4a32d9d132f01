using System.Globalization;
using Understudy.Data;

namespace Understudy.Training;

/// <summary>losses.csv: a line a step, <c>step</c> and then each loss.</summary>
public sealed class LossLog : IDisposable
{
    private readonly StreamWriter writer;

    /// <summary>Opens the log of a run that has done <paramref name="stepsDone"/> steps; lines of later steps, left by a killed run, go.</summary>
    public LossLog(string path, IReadOnlyList<string> names, long stepsDone)
    {
        var header = "step," + string.Join(',', names);
        var kept = Lines(path, stepsDone);
        AtomicFile.WriteText(path, string.Concat(kept.Prepend(header).Select(line => line + "\n")));
        writer = new StreamWriter(path, append: true);
    }

    /// <summary>The losses of the steps done before, in order; none where there is no log.</summary>
    public static IReadOnlyList<float[]> Read(string path, long stepsDone) =>
        [.. Lines(path, stepsDone).Select(line => Array.ConvertAll(line.Split(',')[1..], value => float.Parse(value, CultureInfo.InvariantCulture)))];

    /// <summary>Adds a line.</summary>
    /// <param name="step">Steps done, from 1.</param>
    /// <param name="losses">In the order of the names.</param>
    public void Add(long step, IReadOnlyList<float> losses)
    {
        writer.Write(step.ToString(CultureInfo.InvariantCulture));
        foreach (var loss in losses)
        {
            writer.Write(',');
            writer.Write(loss.ToString("R", CultureInfo.InvariantCulture));
        }
        writer.Write('\n');
    }

    /// <summary>Makes the lines so far visible to others.</summary>
    public void Flush() => writer.Flush();

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private static string[] Lines(string path, long stepsDone) =>
        stepsDone > 0 && File.Exists(path) ? [.. File.ReadLines(path).Skip(1).TakeWhile(line => StepOf(line) <= stepsDone)] : [];

    private static long StepOf(string line) =>
        long.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf(','))), CultureInfo.InvariantCulture, out var step) ? step : long.MaxValue;
}
