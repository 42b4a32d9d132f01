using Understudy.Data;
using Understudy.Training;

namespace Understudy.Studies.Stages;

/// <summary>What every stage works with.</summary>
/// <param name="Run">Where results go.</param>
/// <param name="Study">What to do.</param>
/// <param name="Splits">The data, divided.</param>
/// <param name="Private">The private records, through the ledger.</param>
/// <param name="Events">Told when work starts and ends; null where whoever started this process keeps the log.</param>
/// <param name="Time">The clock.</param>
/// <param name="Progress">Told how far the work has come; may be null.</param>
/// <param name="Cancellation">Asks to stop.</param>
internal sealed record StageContext(
    RunDirectory Run, Study Study, Splits Splits, PrivateRecords Private, EventLog? Events, TimeProvider Time, IProgress<StageProgress>? Progress, CancellationToken Cancellation)
{
    private static readonly Dictionary<string, double> NoValues = [];

    /// <summary>The same work from another seed; the data stay divided as they are.</summary>
    public StageContext WithSeed(ulong seed) => this with { Study = Study with { Seed = seed } };

    /// <summary>Does one piece of work unless its result is there.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="subject">What it works on.</param>
    /// <param name="result">The file that the work writes last.</param>
    /// <param name="work">The work; it may report its own progress.</param>
    public void Do(string stage, string subject, string result, Action<IProgress<StageProgress>> work)
    {
        Cancellation.ThrowIfCancellationRequested();
        var reporter = new Reporter(this, new StageProgress(stage, subject, 0, 1, NoValues));
        if (File.Exists(result))
        {
            reporter.Finish();
            return;
        }
        Events?.Append("started", stage, subject);
        var start = Time.GetTimestamp();
        reporter.Report(reporter.Last);
        try
        {
            work(reporter);
        }
        catch (OperationCanceledException)
        {
            Events?.Append("stopped", stage, subject);
            throw;
        }
        Events?.Append("finished", stage, subject, new Dictionary<string, double> { ["seconds"] = Time.GetElapsedTime(start).TotalSeconds });
        reporter.Finish();
    }

    /// <summary>The synthetic data set of a method.</summary>
    /// <exception cref="InputException">It has not been sampled yet.</exception>
    public ImageSet Samples(MethodSection method)
    {
        var path = Run.Sampling(method.Id, SamplingStage.ResultName);
        return File.Exists(path)
            ? NpzFile.Read(path).Train
            : throw new InputException($"{method.Id} is not sampled yet; run: understudy sample {Run.Path}");
    }

    private sealed class Reporter(StageContext context, StageProgress first) : IProgress<StageProgress>
    {
        public StageProgress Last { get; private set; } = first;

        public void Report(StageProgress value)
        {
            Last = value;
            context.Events?.Append(value);
            context.Progress?.Report(value);
        }

        public void Finish()
        {
            if (Last.Done < Last.Total) context.Progress?.Report(Last with { Done = Last.Total });
        }
    }
}
