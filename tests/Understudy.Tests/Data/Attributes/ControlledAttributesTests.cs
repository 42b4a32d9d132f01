using Understudy.Data;
using Understudy.Data.Attributes;
using Understudy.Tests.Data;

namespace Understudy.Tests.Data.Attributes;

public sealed class ControlledAttributesTests
{
    private static readonly ImageSet Dot = new(new ImageShape(1, 5, 5), [.. Enumerable.Range(0, 25).Select(i => (byte)(i == 12 ? 200 : 0))]);
    private static readonly ImageSet Line = new(new ImageShape(1, 5, 5), [.. Enumerable.Range(0, 25).Select(i => (byte)(i % 5 == 2 ? 100 : 0))]);

    [Fact]
    public void Thick_is_one_pixel_wider_on_every_side_and_thin_as_it_was()
    {
        Assert.Equal(Dot.Pixels, ControlledAttributes.Apply(Dot, ControlledAttribute.Thickness, [0]).Pixels);
        var thick = ControlledAttributes.Apply(Dot, ControlledAttribute.Thickness, [1]).Pixels;
        Assert.All(Enumerable.Range(0, 25), i => Assert.Equal(i / 5 is >= 1 and <= 3 && i % 5 is >= 1 and <= 3 ? 200 : 0, thick[i]));
    }

    // The top row is 2 rows above the middle, so it moves by 0.7 of a column: 30 % stay, 70 % go to the next column on that side.
    [Fact]
    public void Right_leans_the_top_to_the_right_and_left_mirrors_it()
    {
        var right = ControlledAttributes.Apply(Line, ControlledAttribute.Slant, [1]).Pixels;
        Assert.Equal([0, 0, 30, 70, 0], right[..5]);
        Assert.Equal([0, 0, 100, 0, 0], right[10..15]);
        Assert.Equal([0, 70, 30, 0, 0], right[20..]);
        Assert.Equal(right.Chunk(5).SelectMany(row => row.Reverse()), ControlledAttributes.Apply(Line, ControlledAttribute.Slant, [0]).Pixels);
    }

    [Fact]
    public void A_tint_makes_three_channels_that_add_up_alike_and_wants_grey_images()
    {
        var tinted = ControlledAttributes.Apply(ImageSet.Concat(Dot, Dot), ControlledAttribute.Tint, [0, 1]);
        Assert.Equal(new ImageShape(3, 5, 5), tinted.Shape);
        Assert.Equal([200, 120, 50], new[] { tinted.Image(0)[12], tinted.Image(0)[37], tinted.Image(0)[62] });
        Assert.Equal([50, 120, 200], new[] { tinted.Image(1)[12], tinted.Image(1)[37], tinted.Image(1)[62] });
        Assert.Contains("grey", Images.InputError(() => ControlledAttributes.Apply(tinted, ControlledAttribute.Tint, [0, 1])), StringComparison.Ordinal);
    }

    [Fact]
    public void Inverted_is_the_rest_to_white()
    {
        var images = Images.Noise(2);
        Assert.Equal(images.Pixels.Take(12).Concat(images.Pixels.Skip(12).Select(v => (byte)(255 - v))), ControlledAttributes.Apply(images, ControlledAttribute.Polarity, [0, 1]).Pixels);
    }

    // 10,000 tosses: 5000 ± 4 · 50; a fair coin fails one time in 16,000.
    [Fact]
    public void The_coin_is_fair_and_its_seed_decides()
    {
        var values = ControlledAttributes.Toss(10_000, 3);
        Assert.InRange(values.Sum(), 4800, 5200);
        Assert.Equal(values, ControlledAttributes.Toss(10_000, 3));
        Assert.NotEqual(values, ControlledAttributes.Toss(10_000, 4));
    }

    [Fact]
    public void An_attributed_set_keeps_classes_apart_from_the_attribute()
    {
        var digits = Images.Noise(8, 1, 5, 5, classes: 4);
        var set = AttributedSet.Of(digits, ControlledAttribute.Polarity, 1);
        Assert.Equal(digits.Labels, set.Images.Labels);
        Assert.Equal(set.Values, set.ByValue.Labels);
        Assert.Equal(["plain", "inverted"], set.ByValue.ClassNames);
        var own = AttributedSet.Of(Images.Noise(4, classes: 2), null, 1);
        Assert.Null(own.Images.Labels);
        Assert.Equal([0, 1, 0, 1], own.Values);
        Assert.Contains("4 classes", Images.InputError(() => AttributedSet.Of(digits, null, 1)), StringComparison.Ordinal);
    }
}
