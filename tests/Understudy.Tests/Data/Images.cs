using Understudy.Data;

namespace Understudy.Tests.Data;

/// <summary>Made-up image sets, and what the tests ask of them.</summary>
public static class Images
{
    /// <summary>Images whose pixels are noise, so that no two are alike.</summary>
    public static ImageSet Noise(int count, int channels = 1, int height = 4, int width = 3, int classes = 0, Func<int, string>? group = null, int seed = 1)
    {
        var pixels = new byte[count * channels * height * width];
        new Random(seed).NextBytes(pixels);
        return new ImageSet(
            new ImageShape(channels, height, width),
            pixels,
            classes == 0 ? null : [.. Enumerable.Range(0, count).Select(i => i % classes)],
            classes == 0 ? null : [.. Enumerable.Range(0, classes).Select(k => $"class {k}")],
            group is null ? null : [.. Enumerable.Range(0, count).Select(group)]);
    }

    public static void AssertEqual(ImageSet expected, ImageSet actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.Pixels, actual.Pixels);
        Assert.Equal(expected.Labels, actual.Labels);
        Assert.Equal(expected.ClassNames, actual.ClassNames);
        Assert.Equal(expected.Groups, actual.Groups);
    }

    /// <summary>The message of the input error that the work ends with, which must be one line.</summary>
    public static string InputError(Action work)
    {
        var message = Assert.Throws<InputException>(work).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
