using Understudy.Data;

namespace Understudy.Tests.Data;

public sealed class ImageShiftTests
{
    private static readonly ImageSet Image = new(new ImageShape(1, 2, 3), [1, 2, 3, 4, 5, 6]);

    [Theory]
    [InlineData(0, 0, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(1, 0, new byte[] { 0, 0, 0, 1, 2, 3 })]
    [InlineData(0, -1, new byte[] { 2, 3, 0, 5, 6, 0 })]
    [InlineData(-1, 2, new byte[] { 0, 0, 4, 0, 0, 0 })]
    [InlineData(5, 0, new byte[] { 0, 0, 0, 0, 0, 0 })]
    public void An_image_moves_and_black_comes_into_view(int down, int right, byte[] expected) =>
        Assert.Equal(expected, ImageShift.By(Image, down, right).Pixels);

    [Fact]
    public void Channels_and_images_do_not_mix_and_labels_stay()
    {
        var images = Images.Noise(2, 3, 2, 2, classes: 2);
        var moved = ImageShift.By(images, 0, 1);
        Assert.Equal(images.Labels, moved.Labels);
        for (var i = 0; i < images.Pixels.Length; i += 2) Assert.Equal((0, images.Pixels[i]), (moved.Pixels[i], moved.Pixels[i + 1]));
    }
}
