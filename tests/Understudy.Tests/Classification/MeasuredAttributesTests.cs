using Understudy.Classification;
using Understudy.Data;
using Understudy.Tests.Data;

namespace Understudy.Tests.Classification;

public sealed class MeasuredAttributesTests
{
    private const int Side = 16;

    // Bars of 1 to 4 columns: as many bright pixels to each of the skeleton, so the members' median lies between 2 and 3.
    [Fact]
    public void Thickness_is_bright_pixels_to_a_pixel_of_the_skeleton_against_the_members_median()
    {
        var (members, test) = MeasuredAttributes.Of(Bars(1, 2, 3, 4), Bars(4, 1), MeasuredAttribute.Thickness);
        Assert.Equal([0, 0, 1, 1], members.Values);
        Assert.Equal([1, 0], test.Values);
        Assert.Equal(["thin", "thick"], members.Names);
        Assert.Equal(members.Values, members.ByValue.Labels!);
        Assert.Equal(4, members.Images.Labels!.Length); // what an edit should keep
    }

    [Fact]
    public void Slant_has_a_sign_and_brightness_a_median_of_the_members_alone()
    {
        var (slanted, _) = MeasuredAttributes.Of(Leaning(-1, 1, 1), Leaning(1), MeasuredAttribute.Slant);
        Assert.Equal([0, 1, 1], slanted.Values);
        var (_, test) = MeasuredAttributes.Of(Bars(1, 2), Bars(3, 4, 1), MeasuredAttribute.Brightness);
        Assert.Equal([1, 1, 0], test.Values);
    }

    [Fact]
    public void The_parity_of_a_class_leaves_no_class_to_keep()
    {
        var (members, _) = MeasuredAttributes.Of(Bars(1, 1, 1, 1), Bars(1, 1), MeasuredAttribute.Parity);
        Assert.Equal([0, 1, 0, 1], members.Values);
        Assert.Null(members.Images.Labels);
        Assert.Contains("no classes", Images.InputError(() => MeasuredAttributes.Of(Images.Noise(3), Images.Noise(3), MeasuredAttribute.Parity)), StringComparison.Ordinal);
        Assert.Contains("same brightness", Images.InputError(() => MeasuredAttributes.Of(Bars(2, 2), Bars(1), MeasuredAttribute.Brightness)), StringComparison.Ordinal);
    }

    private static ImageSet Bars(params int[] widths) => Draw(widths, (width, x, y) => x >= 4 && x < 4 + width && y is >= 2 and < 14);

    private static ImageSet Leaning(params int[] directions) => Draw(directions, (direction, x, y) => y is >= 2 and < 14 && x == 8 - direction * (y - 8) / 2);

    private static ImageSet Draw(int[] kinds, Func<int, int, int, bool> inside) => new(
        new ImageShape(1, Side, Side), [.. kinds.SelectMany(kind => Enumerable.Range(0, Side * Side).Select(p => inside(kind, p % Side, p / Side) ? byte.MaxValue : (byte)0))],
        [.. Enumerable.Range(0, kinds.Length).Select(i => i % 2)], ["0", "1"]);
}
