namespace Understudy.Training;

/// <summary>How far a stage of the pipeline has come.</summary>
/// <param name="Stage">generation, sampling, classification, fidelity or attacks.</param>
/// <param name="Subject">What it works on: the name of a method.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="Values">Live figures (losses by name); may be empty.</param>
public sealed record StageProgress(string Stage, string Subject, long Done, long Total, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>The row of a board that shows it, such as a worker's; null for a row of its own.</summary>
    public string? Row { get; init; }
}
