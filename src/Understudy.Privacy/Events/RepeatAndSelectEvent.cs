namespace Understudy.Privacy.Events;

/// <summary>
/// Private hyper-parameter search: run an event a random number of times and release the best run alone. The number is drawn from a
/// truncated negative binomial distribution (Papernot, Steinke 2022, arXiv 2110.03620, Theorem 2).
/// </summary>
/// <param name="Event">One run.</param>
/// <param name="MeanRuns">Expected number of runs, above 1.</param>
/// <param name="Eta">Shape η &gt; −1; 1 is the geometric and 0 the logarithmic distribution.</param>
public sealed record RepeatAndSelectEvent(PrivacyEvent Event, double MeanRuns, double Eta) : PrivacyEvent
{
    /// <summary>Expected number of runs, above 1.</summary>
    public double MeanRuns { get; } = MeanRuns > 1 && double.IsFinite(MeanRuns)
        ? MeanRuns
        : throw new ArgumentOutOfRangeException(nameof(MeanRuns), "the expected number of runs must be above 1 and finite.");

    /// <summary>Shape η &gt; −1.</summary>
    public double Eta { get; } = Eta > -1 && double.IsFinite(Eta)
        ? Eta
        : throw new ArgumentOutOfRangeException(nameof(Eta), "eta must be above -1 and finite.");
}
