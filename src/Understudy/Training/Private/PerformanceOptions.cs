namespace Understudy.Training.Private;

/// <summary>What may make a private step faster or smaller, and can change none of its numbers beyond rounding.</summary>
public sealed record PerformanceOptions
{
    /// <summary>Records that go through the network at once; a larger batch is accumulated from such parts.</summary>
    public int MicroBatch { get; init; } = 256;

    /// <summary>How per-sample norms are found.</summary>
    public NormMethod Norms { get; init; }
}
