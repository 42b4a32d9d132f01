using Understudy.Data;

namespace Understudy.Tests.Data;

public class SplitsTests
{
    private static readonly SplitOptions Halves = new() { Members = 0.5, NonMembers = 0.25, Reference = 0.25 };

    [Fact]
    public void FractionsAreOfTrainingAndValidationAndTestStaysOfficial()
    {
        var data = new ImageData(Images.Noise(80, classes: 2), Images.Noise(20, classes: 2, seed: 2), Images.Noise(30, classes: 2, seed: 3));

        var splits = Splits.Create(data, Halves, seed: 1);

        Assert.Equal((50, 25, 25), (splits.Members.Count, splits.NonMembers.Count, splits.Reference.Count));
        Images.AssertEqual(data.Test!, splits.Test);
        AssertDisjoint(splits);
    }

    [Fact]
    public void CountsAndTestFractionAreTakenFromAllParts()
    {
        var data = new ImageData(Images.Noise(150), test: Images.Noise(50, seed: 2));

        var splits = Splits.Create(data, new() { Members = 40, NonMembers = 20, Reference = 0.1, Test = 0.2 }, seed: 1);

        Assert.Equal((40, 20, 16, 40), (splits.Members.Count, splits.NonMembers.Count, splits.Reference.Count, splits.Test.Count));
        AssertDisjoint(splits);
    }

    [Fact]
    public void SameSeedSameDivisionAndAnotherSeedAnother()
    {
        var data = WithTest(Images.Noise(100));

        var first = Splits.Create(data, Halves, seed: 7);

        Assert.Equal(first.Members.Pixels, Splits.Create(data, Halves, seed: 7).Members.Pixels);
        Assert.NotEqual(first.Members.Pixels, Splits.Create(data, Halves, seed: 8).Members.Pixels);
    }

    [Fact]
    public void DivisionOfASeedStaysTheSameAcrossVersions()
    {
        // First own run; a change breaks the resumption of runs and the comparison of results.
        var data = WithTest(Numbered(12));

        var splits = Splits.Create(data, Halves, seed: 1);

        Assert.Equal("7 0 4 1 2 11", string.Join(" ", splits.Members.Pixels));
    }

    [Fact]
    public void EveryPartHoldsEveryClassInProportion()
    {
        var labels = Enumerable.Range(0, 1000).Select(i => i < 700 ? 0 : i < 950 ? 1 : 2).ToArray();
        var noise = Images.Noise(1000);
        var data = WithTest(new ImageSet(noise.Shape, noise.Pixels, labels, ["a", "b", "c"]));

        var splits = Splits.Create(data, Halves, seed: 3);

        foreach (var (part, size) in new[] { (splits.Members, 0.5), (splits.NonMembers, 0.25), (splits.Reference, 0.25) })
        {
            for (var k = 0; k < 3; k++)
                Assert.InRange(part.Labels!.Count(label => label == k) - size * labels.Count(label => label == k), -1.01, 1.01);
        }
    }

    [Fact]
    public void RareClassFallsIntoEachPartInProportion()
    {
        // One image of class 1 among 20; over 400 seeds it is a member with p = 1/2. Outside 150 to 250 (5 standard deviations): p < 1e-6.
        var noise = Images.Noise(20);
        var data = WithTest(new ImageSet(noise.Shape, noise.Pixels, [.. Enumerable.Range(0, 20).Select(i => i == 9 ? 1 : 0)], ["common", "rare"]));

        var times = Enumerable.Range(0, 400).Count(seed => Splits.Create(data, Halves, (ulong)seed).Members.Labels!.Contains(1));

        Assert.InRange(times, 150, 250);
    }

    [Fact]
    public void GroupStaysOnOneSide()
    {
        var data = WithTest(Images.Noise(300, group: i => $"patient {i % 60}"));

        var splits = Splits.Create(data, Halves, seed: 5);

        var parts = new[] { splits.Members, splits.NonMembers, splits.Reference };
        var groups = parts.SelectMany(part => part.Groups!.Distinct()).ToArray();
        Assert.Equal(groups.Length, groups.Distinct().Count());
        Assert.Equal([150, 75, 75], parts.Select(part => part.Count));
    }

    [Fact]
    public void IdenticalImagesStayOnOneSideAndLinkTheirGroups()
    {
        // Images i and i + 1 of each four are identical, and belong to different groups.
        var noise = Images.Noise(400);
        for (var i = 0; i < 400; i += 4) noise.Image(i).CopyTo(noise.Pixels.AsSpan((i + 1) * noise.Shape.Length));
        var groups = Enumerable.Range(0, 400).Select(i => $"{i / 4}{(i % 4 == 0 ? "a" : "b")}").ToArray();
        var data = WithTest(new ImageSet(noise.Shape, noise.Pixels, groups: groups));

        var splits = Splits.Create(data, Halves, seed: 2);

        AssertDisjoint(splits);
        foreach (var part in new[] { splits.Members, splits.NonMembers, splits.Reference })
            Assert.All(part.Groups!.GroupBy(group => group[..^1]), four => Assert.Equal(4, four.Count()));
    }

    [Fact]
    public void ImagesThatTheTestPartAlsoHoldsAreLeftOut()
    {
        var train = Images.Noise(40);
        var data = new ImageData(train, test: train.Subset([3, 5, 8]));

        var splits = Splits.Create(data, Halves, seed: 2);

        Assert.Equal(18 + 9 + 9, splits.Members.Count + splits.NonMembers.Count + splits.Reference.Count); // of 37
        AssertDisjoint(splits);
    }

    [Fact]
    public void DataThatDoNotSufficeAreOneLine()
    {
        var data = WithTest(Images.Noise(10));

        Assert.Equal("the data have no official test part; set the size of the test part, such as 0.2", Error(new ImageData(Images.Noise(10)), Halves));
        Assert.Equal("members (8), non-members (2) and reference (2) need 12 images, the pool has 10; ask for fewer", Error(data, Halves with { Members = 8 }));
        Assert.Equal("members: 0 is no size; give a fraction in (0, 1] or a whole number of images", Error(data, Halves with { Members = 0 }));
        Assert.Equal("reference: 2.5 is no size; give a fraction in (0, 1] or a whole number of images", Error(data, Halves with { Reference = 2.5 }));
        Assert.Equal("non-members: NaN is no size; give a fraction in (0, 1] or a whole number of images", Error(data, Halves with { NonMembers = double.NaN }));
        Assert.StartsWith("non-members: 0 images were asked for", Error(data, Halves with { NonMembers = 0.05 }), StringComparison.Ordinal);
        Assert.StartsWith("members: 5 images were asked for", Error(WithTest(Images.Noise(10, group: _ => "one")), Halves), StringComparison.Ordinal);
    }

    private static string Error(ImageData data, SplitOptions options) => Images.InputError(() => Splits.Create(data, options, seed: 1));

    private static ImageData WithTest(ImageSet train)
    {
        var test = Images.Noise(2, seed: 99);
        var labels = train.Labels is null ? null : new int[2];
        return new ImageData(train, test: new ImageSet(
            train.Shape, test.Pixels[..(2 * train.Shape.Length)], labels, labels is null ? null : train.ClassNames, train.Groups is null ? null : ["t1", "t2"]));
    }

    private static ImageSet Numbered(int count) => new(new ImageShape(1, 1, 1), [.. Enumerable.Range(0, count).Select(i => (byte)i)]);

    private static void AssertDisjoint(Splits splits)
    {
        var parts = new[] { splits.Members, splits.NonMembers, splits.Reference, splits.Test }
            .Select(part => Enumerable.Range(0, part.Count).Select(i => Convert.ToHexString(part.Image(i))).ToHashSet()).ToArray();
        Assert.Equal(parts.Sum(part => part.Count), parts.SelectMany(part => part).Distinct().Count());
    }
}
