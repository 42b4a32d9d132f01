using Understudy.Data;
using Understudy.Generation.Evolution;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.PlantedBugs;

/// <summary>What a histogram of votes must be before it is noised. Every check passes on the library and catches the bug that it is there for.</summary>
public sealed class VoteTests
{
    private static readonly MutantSet<Histogram> Planted = new(Votes.Count, new Dictionary<string, (Action<Histogram> Check, Histogram Mutant)>
    {
        ["a whole vote for each of the k nearest"] = (One_record_moves_the_histogram_by_length_one, (r, c, k) => Array.ConvertAll(Votes.Count(r, c, k), v => v * Math.Sqrt(k))),
        ["shares of the votes in place of their number"] = (One_record_moves_the_histogram_by_length_one, (r, c, k) => Array.ConvertAll(Votes.Count(r, c, k), v => v / r.Count)),
        ["votes across classes"] = (A_record_votes_in_its_own_class, (r, c, k) => Votes.Count(new ImageSet(r.Shape, r.Pixels, new int[r.Count], r.ClassNames), c, k)),
        ["the last of equally near candidates"] = (Ties_do_not_depend_on_the_order_of_records, (r, c, k) => Math.Sign(r.Pixels[0] - 100) > 0 ? Votes.Count(r, c, k) : Reversed(r, c, k)),
        ["the threshold taken off before the noise"] = (Nothing_is_taken_off_before_the_noise, (r, c, k) => Array.ConvertAll(Votes.Count(r, c, k), v => Math.Max(0, v - 1))),
    });

    /// <summary>The histogram under test.</summary>
    private delegate double[] Histogram(ImageSet records, ImageSet[] candidates, int neighbours);

    public static TheoryData<string> CheckNames => Planted.Checks;

    public static TheoryData<string> Bugs => Planted.Bugs;

    [Theory]
    [MemberData(nameof(CheckNames))]
    public void The_library_passes(string check) => Planted.LibraryPasses(check);

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_caught(string bug) => Planted.IsCaught(bug);

    /// <summary>Each of 40 records is left out in turn.</summary>
    private static void One_record_moves_the_histogram_by_length_one(Histogram count)
    {
        var records = Images.Noise(40, classes: 2);
        var candidates = Candidates();
        foreach (var k in new[] { 1, 3, 7 })
        {
            var all = count(records, candidates, k);
            for (var i = 0; i < records.Count; i++)
            {
                var without = count(records.Subset([.. Enumerable.Range(0, records.Count).Where(j => j != i)]), candidates, k);
                Assert.InRange(Math.Sqrt(all.Zip(without, (a, b) => (a - b) * (a - b)).Sum()), 1 - 1e-6, Votes.Bound);
            }
        }
    }

    private static void A_record_votes_in_its_own_class(Histogram count)
    {
        var votes = count(Images.Noise(40, classes: 2), Candidates(), 1);
        Assert.Equal(20, votes[..9].Sum(), 1e-6);
        Assert.Equal(20, votes[9..].Sum(), 1e-6);
    }

    /// <summary>All candidates are one image: the first takes every vote, whoever comes first.</summary>
    private static void Ties_do_not_depend_on_the_order_of_records(Histogram count)
    {
        var records = new ImageSet(new ImageShape(1, 1, 1), [90, 110]);
        ImageSet[] same = [new ImageSet(records.Shape, [5, 5, 5])];
        Assert.Equal([2, 0, 0], count(records, same, 1), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(count(records, same, 1), count(records.Subset([1, 0]), same, 1));
    }

    private static void Nothing_is_taken_off_before_the_noise(Histogram count) =>
        Assert.Equal(40, count(Images.Noise(40, classes: 2), Candidates(), 1).Sum(), 1e-6);

    private static ImageSet[] Candidates() => [Images.Noise(9, seed: 2), Images.Noise(9, seed: 3)];

    private static double[] Reversed(ImageSet records, ImageSet[] candidates, int neighbours)
    {
        var count = candidates[0].Count;
        int[] backwards = [.. Enumerable.Range(0, count).Reverse()];
        var votes = Votes.Count(records, [.. candidates.Select(set => set.Subset(backwards))], neighbours);
        return [.. votes.Chunk(count).SelectMany(ofClass => ofClass.Reverse())];
    }
}
