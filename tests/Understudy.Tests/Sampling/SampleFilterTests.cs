using Understudy.Data;
using Understudy.Sampling;
using Understudy.Tests.Data;

namespace Understudy.Tests.Sampling;

public sealed class SampleFilterTests
{
    [Fact]
    public void Near_copies_are_dropped_and_the_usual_share_of_fresh_images()
    {
        var (members, reference, fresh) = (Images.Noise(400, seed: 1), Images.Noise(400, seed: 2), Images.Noise(400, seed: 3));
        var copied = fresh.Pixels.ToArray();
        for (var i = 0; i < 10; i++) members.Image(i).CopyTo(copied.AsSpan(i * fresh.Shape.Length));
        var samples = new ImageSet(fresh.Shape, copied);

        var kept = NearCopyFilter.Keep(samples, members, reference, 0.1);

        Assert.All(kept, i => Assert.True(i >= 10));
        // A binomial of 390 draws at 0.9, four standard deviations: a false alarm in 16 000.
        Assert.InRange(kept.Length, 351 - 24, 351 + 24);
    }

    [Fact]
    public void A_copier_is_dropped_whole_and_a_collapsed_generator_is_not()
    {
        var (members, reference) = (Images.Noise(400, seed: 1), Images.Noise(400, seed: 2));
        var blurred = new ImageSet(members.Shape, Array.ConvertAll(members.Pixels, value => (byte)((value * 0.9) + 12)));
        Assert.Empty(NearCopyFilter.Keep(blurred, members, reference, 0.1));

        var shape = new ImageShape(1, 28, 28);
        var grey = new byte[50 * shape.Length];
        Array.Fill(grey, (byte)128);
        ImageSet wide = Images.Noise(400, height: 28, width: 28, seed: 1), other = Images.Noise(400, height: 28, width: 28, seed: 2);
        Assert.Equal(50, NearCopyFilter.Keep(new ImageSet(shape, grey), wide, other, 0.1).Length);
    }

    /// <summary>The bound that the mechanism is told: one record more or less moves the votes by one vote.</summary>
    [Fact]
    public void One_record_has_one_vote_for_a_candidate_of_its_class()
    {
        var (candidates, records) = (Images.Noise(60, classes: 3, seed: 1), Images.Noise(101, classes: 3, seed: 2));
        var votes = VotedSelection.Votes(candidates, records);
        Assert.Equal(101, votes.Sum());
        for (var left = 0; left < records.Count; left += 10)
        {
            var without = VotedSelection.Votes(candidates, records.Subset([.. Enumerable.Range(0, records.Count).Where(i => i != left)]));
            var moved = Enumerable.Range(0, votes.Length).Where(i => votes[i] != without[i]).ToArray();
            Assert.Equal(VotedSelection.Bound, Math.Sqrt(moved.Sum(i => Math.Pow(votes[i] - without[i], 2))));
            Assert.Equal(records.Labels![left], candidates.Labels![Assert.Single(moved)]);
        }
    }

    [Fact]
    public void The_candidates_with_the_most_votes_of_each_class_are_chosen_in_their_order()
    {
        Assert.Equal([0, 1, 2], VotedSelection.Choose([1, 5, 9, 0.5, -2], [0, 0, 1, 0, 1], [2, 1]));
        Assert.Equal([1, 2], VotedSelection.Choose([1, 5, 9, 0.5, -2], null, [2]));
    }
}
