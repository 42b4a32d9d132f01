using Understudy.Data;
using Understudy.Generation.Translation;
using Understudy.Tests.Data;

namespace Understudy.Tests.Generation.Translation;

public sealed class BicubicEnlargementTests
{
    /// <summary>torch.nn.functional.interpolate(x, [4, 4], mode="bicubic") of PyTorch 1.13 on [[0, 200], [40, 255]] / 255, times 255: it leaves the range in three places, where pixels may not.</summary>
    [Fact]
    public void It_gives_what_PyTorch_gives_rounded_and_within_the_range()
    {
        var enlarged = BicubicEnlargement.Of(new ImageSet(new ImageShape(1, 2, 2), [0, 200, 40, 255], [0], ["a"]), 4, 4);
        Assert.Equal<byte>([0, 41, 149, 215, 0, 55, 166, 234, 9, 79, 195, 255, 21, 93, 212, 255], enlarged.Pixels);
        Assert.Equal([0], enlarged.Labels!);
    }

    [Fact]
    public void Every_image_is_enlarged_by_itself_and_one_colour_stays()
    {
        var set = Images.Noise(300, 3, 5, 6);
        var enlarged = BicubicEnlargement.Of(set, 15, 12);
        Assert.Equal(new ImageShape(3, 15, 12), enlarged.Shape);
        Images.AssertEqual(BicubicEnlargement.Of(set.Subset([299]), 15, 12), enlarged.Subset([299]));
        var grey = new ImageSet(new ImageShape(1, 3, 3), [.. Enumerable.Repeat((byte)90, 9)]);
        Assert.All(BicubicEnlargement.Of(grey, 7, 9).Pixels, pixel => Assert.Equal(90, pixel));
        Assert.Throws<ArgumentOutOfRangeException>(() => BicubicEnlargement.Of(grey, 2, 3));
    }
}
