using Understudy.Studies.Stages;
using Understudy.Training;

namespace Understudy.Studies.Grids;

/// <summary>Works in this process.</summary>
/// <param name="context">The run.</param>
internal sealed class LocalWorker(StageContext context) : IGridWorker
{
    public long Memory => 0;

    public Task<string?> Do(GridItem item, IProgress<StageProgress> progress, CancellationToken cancellation) => Task.FromResult(Do(item, progress));

    /// <summary>Does one piece.</summary>
    public string? Do(GridItem item, IProgress<StageProgress> progress)
    {
        try
        {
            item.Work(context.WithSeed(item.Seed), progress);
            return null;
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // whatever is wrong with one cell, the others are still worth having
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
            return string.Join(' ', cause.Message.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
    }

    public void Dispose()
    {
    }
}
