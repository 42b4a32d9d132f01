using Understudy.Data;

namespace Understudy.Tests.Data;

public class DataInspectionTests
{
    [Fact]
    public void CountsRangeClassesGroupsAndDuplicatesAreFound()
    {
        var shape = new ImageShape(1, 1, 2);
        var train = new ImageSet(shape, [0, 10, 20, 30, 0, 10, 40, 50], [0, 2, 0, 2], ["a", "b", "c"], ["p", "q", "p", "r"]);
        var test = new ImageSet(shape, [20, 30, 20, 30, 1, 1], [1, 1, 1], ["a", "b", "c"], ["r", "s", "p"]);

        var inspection = DataInspection.Of(new ImageData(train, test: test));

        Assert.Equal(shape, inspection.Shape);
        var first = inspection.Parts[0];
        Assert.Equal(("train", 4, 0, 50, 20.0, 3, 1), (first.Name, first.Count, first.Minimum, first.Maximum, first.Mean, first.Groups, first.Duplicates));
        Assert.Equal(Math.Sqrt((400 + 100 + 0 + 100 + 400 + 100 + 400 + 900) / 8.0), first.StandardDeviation, 12);
        Assert.Equal([new ClassCount("a", 2), new ClassCount("b", 0), new ClassCount("c", 2)], first.Classes);
        Assert.Equal(1, inspection.Parts[1].Duplicates);
        Assert.Equal([new SharedImages("train", "test", Images: 2, Groups: 2)], inspection.Shared);
    }

    [Fact]
    public void BundledXRaysHoldTheDuplicatesThatTheirSourceStates()
    {
        const string file = "data/pneumoniamnist/pneumoniamnist.npz";
        if (Shared.Find(file) is not { } path) { Assert.Skip($"{file} is absent"); return; }

        var inspection = DataInspection.Of(ImageData.Open(path));

        Assert.Equal([18, 0, 3], inspection.Parts.Select(part => part.Duplicates));
        Assert.Equal([("train", "val"), ("train", "test"), ("val", "test")], inspection.Shared.Select(pair => (pair.First, pair.Second)));
    }
}
