using System.ComponentModel.DataAnnotations;

namespace Understudy.Studies;

/// <summary>How much synthetic data is drawn from each method.</summary>
public sealed record SamplingSection
{
    /// <summary>Number of images; 0 for as many as there are members.</summary>
    [Range(0, 10_000_000)]
    public int Count { get; init; }
}
