using Understudy.Data;
using Understudy.Metrics;
using Understudy.Tests.Data;

namespace Understudy.Tests.Metrics;

public sealed class LeakChecksTests
{
    [Fact]
    public void The_mean_over_classes_is_balanced_accuracy_with_its_standard_error()
    {
        // Class 0: 3 of 4 right, variance ¼; class 1: 1 of 2 right, variance ½.
        var mean = ClassMean.Of([1, 1, 1, 0, 1, 0], [0, 0, 0, 0, 1, 1]);
        Assert.Equal(0.625, mean.Value);
        Assert.Equal(Math.Sqrt((0.25 / 4) + (0.5 / 2)) / 2, mean.StandardError, 1e-15);
        Assert.Equal(0, ClassMean.Of([1, 1, 0, 0], [0, 0, 1, 1]).StandardError);
    }

    [Fact]
    public void What_seeds_scatter_widens_the_interval()
    {
        var joint = new ClassMean(0.5, 0.03);
        var over = ClassMean.Over([new ClassMean(0.4, 0.03), new ClassMean(0.6, 0.03)], joint);
        // Two seeds: variance 0.02, of their mean 0.01.
        Assert.Equal(0.5, over.Value, 1e-15);
        Assert.Equal(Math.Sqrt((0.03 * 0.03) + 0.01), over.StandardError, 1e-15);
        Assert.Equal(0.03, ClassMean.Over([joint], joint).StandardError);
    }

    [Fact]
    public void Shares_without_noise_are_told_from_shares_with_a_little()
    {
        int[] members = [.. Enumerable.Repeat(0, 173), .. Enumerable.Repeat(1, 2427)];
        Assert.True(CountLeak.Compare([173 / 2600f, 2427 / 2600f], members).IsExact);
        Assert.False(CountLeak.Compare([173.1f / 2600, 2426.9f / 2600], members).IsExact);
        Assert.Equal(1300 - 173, CountLeak.Compare([0.5f, 0.5f], members).Difference, 1e-9);
    }

    /// <summary>Members and others drawn alike: the chance of k members nearest of all is below 2^-k, and at k = 10 below one in a thousand.</summary>
    [Fact]
    public void A_few_members_among_many_samples_are_found_and_none_where_there_are_none()
    {
        var (members, others, fresh) = (Images.Noise(1200, seed: 1), Images.Noise(1200, seed: 2), Images.Noise(1200, seed: 3));
        Assert.False(MemberCopies.Find(fresh, members, others, members).IsLeak);

        var changed = fresh.Pixels.ToArray();
        for (var i = 0; i < 12; i++) members.Image(i * 100).CopyTo(changed.AsSpan(i * fresh.Shape.Length));
        for (var i = 0; i < 12; i++) changed[i * fresh.Shape.Length] ^= 1;
        var found = MemberCopies.Find(new ImageSet(fresh.Shape, changed), members, others, members);
        Assert.True(found.IsLeak);
        Assert.Equal(0, found.Exact);
        Assert.InRange(found.Count, 12, 20);
        Assert.InRange(found.Probability, 0, Math.Pow(2, -12));

        members.Image(7).CopyTo(changed.AsSpan(500 * fresh.Shape.Length));
        Assert.Equal(1, MemberCopies.Find(new ImageSet(fresh.Shape, changed), members, others, members).Exact);
    }

    [Fact]
    public void A_copy_of_any_member_counts_and_its_mask_does_not_hide_it()
    {
        var (members, others, fresh) = (Images.Noise(40, seed: 1), Images.Noise(10, seed: 2), Images.Noise(40, seed: 3));
        var few = members.Subset([.. Enumerable.Range(0, 10)]);
        var copy = Images.Noise(40, seed: 1).Subset([39]);
        Assert.Equal(0, MemberCopies.Find(fresh, few, others, members).Exact);
        Assert.Equal(1, MemberCopies.Find(ImageSet.Concat(fresh, copy), few, others, members).Exact);
        Assert.Equal(1, MemberCopies.Find(Masked(ImageSet.Concat(fresh, copy), 255), Masked(few, 0), Masked(others, 0), Masked(members, 0)).Exact);

        static ImageSet Masked(ImageSet images, byte value)
        {
            var shape = images.Shape with { Channels = 1 };
            return ImagePairs.Join(images, new ImageSet(shape, [.. Enumerable.Repeat(value, images.Count * shape.Length)]));
        }
    }
}
