using Understudy.Data;
using Understudy.Metrics;
using Understudy.Sampling;
using Understudy.Tests.Data;

namespace Understudy.Tests.Sampling;

public sealed class KSameTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    public void Every_record_is_in_one_group_of_k_or_more_of_its_class(int k)
    {
        var images = Images.Noise(97, classes: 3);
        var groups = KSame.Partition(Pixels(images), k, images.Labels);
        Assert.Equal(Enumerable.Range(0, images.Count), groups.SelectMany(group => group.Records).Order());
        Assert.All(groups, group => Assert.InRange(group.Identities.Count, k, (2 * k) - 1));
        Assert.All(groups, group => Assert.All(group.Records, record => Assert.Equal(group.Label, images.Labels![record])));
        Assert.Equal(Enumerable.Range(0, 3).Sum(c => images.Labels!.Count(label => label == c) / k), groups.Count);
    }

    [Fact]
    public void Every_image_is_the_mean_of_its_group()
    {
        var images = Images.Noise(23, channels: 3, classes: 2);
        var groups = KSame.Partition(Pixels(images), 5, images.Labels);
        var released = KSame.Average(images, 5);
        Assert.Equal(groups.Count, released.Count);
        Assert.Null(released.Groups);
        for (var g = 0; g < groups.Count; g++)
        {
            Assert.Equal(groups[g].Label, released.Labels![g]);
            for (var p = 0; p < images.Shape.Length; p++)
                Assert.InRange(released.Image(g)[p], groups[g].Records.Average(r => images.Image(r)[p]) - 0.501, groups[g].Records.Average(r => images.Image(r)[p]) + 0.501);
        }
    }

    [Fact]
    public void Leftovers_join_the_last_group()
    {
        var groups = KSame.Partition(Line(0, 1, 10, 11, 20, 21, 22), 2);
        Assert.Equal([2, 2, 3], groups.Select(group => group.Identities.Count).Order());
        Assert.Equal(3, groups[^1].Identities.Count);
    }

    [Fact]
    public void Near_records_are_grouped()
    {
        var groups = KSame.Partition(Line(0, 100, 1, 101, 200, 201), 2);
        Assert.Equal([0.5f, 100.5f, 200.5f], KSame.Means(Line(0, 100, 1, 101, 200, 201), groups).Values.Order());
    }

    [Fact]
    public void The_images_of_a_patient_stay_together_and_count_once()
    {
        // Two patients, one of three images: without heed to them, two of the three would make a group of their own.
        string[] patients = ["a", "a", "a", "b", "c", "d"];
        var records = Line(0, 0.1f, 0.2f, 50, 90, 91);
        var groups = KSame.Partition(records, 2, identities: patients);
        Assert.All(groups, group => Assert.True(group.Records.Select(r => patients[r]).Distinct().Count() >= 2));
        Assert.All(patients.Distinct(), p => Assert.Single(groups, group => group.Records.Any(r => patients[r] == p)));
        // Each patient weighs alike in the mean.
        Assert.Contains(KSame.Means(records, groups).Values, mean => Math.Abs(mean - ((0.1f + 50) / 2)) < 1e-5);
    }

    [Fact]
    public void Copies_of_a_record_count_once()
    {
        // Otherwise the mean of two copies would be the record itself.
        var groups = KSame.Partition(Line(7, 7, 3, 4), 2);
        Assert.All(KSame.Means(Line(7, 7, 3, 4), groups).Values, mean => Assert.NotEqual(7f, mean));
        Assert.Single(groups);
    }

    [Fact]
    public void Copies_of_an_image_count_once_wherever_their_latent_vectors_lie()
    {
        // Two inversions of one image end in two places: without heed to pixels, the two would be a group, and its mean that image.
        var images = new ImageSet(new(1, 1, 1), [7, 7, 3, 4]);
        var groups = KSame.Partition(images, Line(70, 71, 3, 4), 2);
        Assert.All(groups, group => Assert.True(group.Records.Select(record => images.Pixels[record]).Distinct().Count() >= 2));
        Assert.Single(groups, group => group.Records.Contains(0) && group.Records.Contains(1));
    }

    [Fact]
    public void What_cannot_hold_is_refused()
    {
        Assert.Contains("k is 1", Images.InputError(() => KSame.Partition(Line(1, 2, 3), 1)), StringComparison.Ordinal);
        Assert.Contains("class 1 has 1", Images.InputError(() => KSame.Partition(Line(1, 2, 3), 2, [0, 0, 1])), StringComparison.Ordinal);
        Assert.Contains("have 2 different", Images.InputError(() => KSame.Partition(Line(5, 5, 6), 3)), StringComparison.Ordinal);
        Assert.Contains("'p' has records of classes 0 and 1", Images.InputError(() => KSame.Partition(Line(1, 2, 3, 4), 2, [0, 1, 0, 1], ["p", "p", "q", "r"])), StringComparison.Ordinal);
    }

    private static FeatureMatrix Line(params float[] places) => new(places, places.Length, 1);

    private static FeatureMatrix Pixels(ImageSet images) => new(Array.ConvertAll(images.Pixels, p => (float)p), images.Count, images.Shape.Length);
}
