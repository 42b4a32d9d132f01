namespace Understudy.Training;

/// <summary>Where and how a fit runs.</summary>
/// <param name="Directory">Folder for checkpoints, losses.csv and grids; one a method.</param>
/// <param name="Seed">The experiment's seed.</param>
/// <param name="Progress">Told after every few steps; may be null.</param>
/// <param name="Cancellation">Asks the fit to write a checkpoint and stop.</param>
public sealed record FitContext(string Directory, ulong Seed, IProgress<StageProgress>? Progress = null, CancellationToken Cancellation = default);
