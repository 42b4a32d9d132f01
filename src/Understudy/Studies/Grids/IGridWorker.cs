using Understudy.Training;

namespace Understudy.Studies.Grids;

/// <summary>Does pieces of work, one at a time.</summary>
internal interface IGridWorker : IDisposable
{
    /// <summary>Does one piece.</summary>
    /// <returns>Null when it is done; otherwise why it failed, in one line.</returns>
    /// <exception cref="OperationCanceledException">It was stopped, and can be gone on with.</exception>
    Task<string?> Do(GridItem item, IProgress<StageProgress> progress, CancellationToken cancellation);

    /// <summary>Bytes of memory that it holds; 0 where it is this process.</summary>
    long Memory { get; }
}
