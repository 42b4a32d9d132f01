using System.ComponentModel.DataAnnotations;
using Understudy.Classification;

namespace Understudy.Studies;

/// <summary>Classes of test images told apart from a few codes of each; see <see cref="FewShotEpisodes"/>.</summary>
public sealed record FewShotSection
{
    /// <summary>Classes in an episode.</summary>
    [Range(2, 1000)]
    public int Ways { get; init; } = 20;

    /// <summary>Images of each class to learn from; one more is asked. Published is 19.</summary>
    [Range(1, 10_000)]
    public IReadOnlyList<int> Shots { get; init; } = [1, 19];

    /// <summary>Episodes, the same ones for every method.</summary>
    [Range(2, 1_000_000)]
    public int Episodes { get; init; } = 200;
}
