using System.ComponentModel.DataAnnotations;
using Understudy.Classification;

namespace Understudy.Studies;

/// <summary>What synthetic pairs of images and masks are worth to a network that segments.</summary>
public sealed record SegmentationSection : SegmenterOptions
{
    /// <summary>Trainings of each network, from different seeds.</summary>
    [Range(1, 100)]
    public int Repeats { get; init; } = 1;

    /// <summary>Pairs of each set, at most, for the search for copies, which compares each pair with each other.</summary>
    [Range(10, 1_000_000)]
    public int Compared { get; init; } = 300;
}
