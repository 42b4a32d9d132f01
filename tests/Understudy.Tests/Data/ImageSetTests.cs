using Understudy.Data;

namespace Understudy.Tests.Data;

public class ImageSetTests
{
    [Fact]
    public void ShrinkingAveragesTheAreaUnderEachPixel()
    {
        var set = new ImageSet(new ImageShape(1, 2, 4), [0, 10, 20, 31, 2, 12, 22, 33]);

        Assert.Equal(new byte[] { 6, 27 }, set.Resize(1, 2).Pixels); // (0+10+2+12)/4, (20+31+22+33)/4 = 26.5
    }

    [Fact]
    public void ShrinkingWeighsPixelsThatLieOnAnEdge()
    {
        var set = new ImageSet(new ImageShape(1, 1, 3), [30, 60, 90]);

        Assert.Equal(new byte[] { 40, 80 }, set.Resize(1, 2).Pixels); // (30 + 60/2) / 1.5, (60/2 + 90) / 1.5
    }

    [Fact]
    public void GrowingInterpolatesBetweenPixelCentres()
    {
        var set = new ImageSet(new ImageShape(1, 1, 2), [0, 100]);

        Assert.Equal(new byte[] { 0, 25, 75, 100 }, set.Resize(1, 4).Pixels);
    }

    [Theory]
    [InlineData(28, 28, 32, 32)]
    [InlineData(28, 28, 9, 64)]
    [InlineData(1, 1, 5, 5)]
    [InlineData(105, 105, 28, 28)]
    public void EvenImageStaysEven(int height, int width, int newHeight, int newWidth)
    {
        var set = new ImageSet(new ImageShape(3, height, width), [.. Enumerable.Repeat((byte)201, 2 * 3 * height * width)], [1, 0], ["a", "b"], ["x", "y"]);

        var resized = set.Resize(newHeight, newWidth);

        Assert.Equal(new ImageShape(3, newHeight, newWidth), resized.Shape);
        Assert.All(resized.Pixels, value => Assert.Equal(201, value));
        Assert.Equal((set.Labels, set.ClassNames, set.Groups), (resized.Labels, resized.ClassNames, resized.Groups));
    }

    // Slices of one value each, so that only the depth changes: 4 slices become 2 by means of two.
    [Fact]
    public void VolumeIsResizedInDepthToo()
    {
        var volume = new ImageSet(new ImageShape(4, 8, 8) { IsVolume = true }, [.. new byte[] { 10, 20, 30, 50 }.SelectMany(value => Enumerable.Repeat(value, 64))]);

        var resized = volume.Resize(2);

        Assert.Equal(new ImageShape(2, 2, 2) { IsVolume = true }, resized.Shape);
        Assert.Equal([15, 15, 15, 15, 40, 40, 40, 40], resized.Pixels);
        Assert.Equal(new ImageShape(3, 2, 2), Images.Noise(1, 3, 4, 4).Resize(2).Shape);
    }

    [Fact]
    public void ConcatKeepsOrderLabelsAndGroups()
    {
        var (first, second) = (Images.Noise(3, classes: 2, group: i => $"a{i}"), Images.Noise(2, classes: 2, group: i => $"b{i}", seed: 2));

        var all = ImageSet.Concat(first, second);

        Images.AssertEqual(first, all.Subset([0, 1, 2]));
        Images.AssertEqual(second, all.Subset([3, 4]));
        Images.InputError(() => ImageSet.Concat(first, Images.Noise(2)));
        Images.InputError(() => ImageSet.Concat(first, Images.Noise(2, channels: 3, classes: 2, group: _ => "c")));
    }

    [Fact]
    public void SpreadTakesEveryClassOfASortedSet()
    {
        var sorted = new ImageSet(new ImageShape(1, 1, 1), [.. Enumerable.Range(0, 30).Select(i => (byte)i)], [.. Enumerable.Range(0, 30).Select(i => i / 10)], ["a", "b", "c"]);

        Assert.Equal([0, 0, 1, 1, 2, 2], sorted.Spread(6).Labels!);
        Assert.Equal(new byte[] { 0, 5, 10, 15, 20, 25 }, sorted.Spread(6).Pixels);
        Assert.Same(sorted, sorted.Spread(30));
    }
}
