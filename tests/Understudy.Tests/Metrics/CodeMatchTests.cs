using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

public sealed class CodeMatchTests
{
    [Fact]
    public void Renamed_classes_are_matched_without_error()
    {
        int[] labels = [0, 1, 2, 3, 0, 1, 2, 3];
        Assert.Equal(0, CodeMatch.Error([.. labels.Select(l => (l + 1) % 4)], labels, 4, 4).Value);
    }

    [Fact]
    public void Two_codes_cannot_both_stand_for_one_class()
    {
        // Codes 0 and 1 both show class 0; class 1 is matched with the code that loses less.
        Assert.Equal(0.25, CodeMatch.Error([0, 0, 0, 1], [0, 0, 0, 0], 2, 2).Value);
        Assert.Equal(0.5, CodeMatch.Error([0, 0, 1, 1], [0, 1, 0, 1], 2, 2).Value);
    }

    [Fact]
    public void More_codes_than_classes_leave_some_without_a_class()
    {
        Assert.Equal(0.5, CodeMatch.Error([0, 1, 2, 3], [0, 0, 1, 1], 4, 2).Value);
    }

    [Fact]
    public void The_match_is_the_best_of_all_permutations()
    {
        var random = new Random(1);
        for (var round = 0; round < 50; round++)
        {
            var codes = Enumerable.Range(0, 60).Select(_ => random.Next(4)).ToArray();
            var labels = Enumerable.Range(0, 60).Select(_ => random.Next(4)).ToArray();
            var best = Permutations([0, 1, 2, 3]).Max(p => codes.Zip(labels).Count(pair => p[pair.First] == pair.Second));
            Assert.Equal(1 - (best / 60.0), CodeMatch.Error(codes, labels, 4, 4).Value, 1e-12);
        }
    }

    [Fact]
    public void No_records_are_an_error() => Assert.Contains("0 codes", Images.InputError(() => CodeMatch.Error([], [], 2, 2)), StringComparison.Ordinal);

    private static IEnumerable<int[]> Permutations(int[] items) =>
        items.Length == 1 ? [items] : items.SelectMany(first => Permutations([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));
}
