using Understudy.Training;

namespace Understudy.Studies.Grids;

/// <summary>What a worker tells whoever started it, one JSON document a line.</summary>
/// <param name="Progress">How far its piece has come; null at the end of it.</param>
/// <param name="Failure">Why the piece failed; null where it did not.</param>
/// <param name="IsStopped">Whether it was stopped.</param>
internal sealed record WorkerMessage(StageProgress? Progress = null, string? Failure = null, bool IsStopped = false);
