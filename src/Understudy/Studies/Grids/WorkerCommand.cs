namespace Understudy.Studies.Grids;

/// <summary>How to start this program again as a worker of a run: libtorch's random numbers belong to a process, so that cells trained side by side need one each.</summary>
/// <param name="Program">The executable.</param>
/// <param name="Arguments">Its arguments; the run's folder is added.</param>
public sealed record WorkerCommand(string Program, IReadOnlyList<string> Arguments);
