using Understudy.Data;

namespace Understudy.Tests.Data;

/// <summary>One data set has one name, so that no budget is spent twice under two.</summary>
public sealed class DataFingerprintTests
{
    private static readonly ImageSet Set = Images.Noise(12, channels: 3, height: 5, width: 4, classes: 3);

    [Fact]
    public void Order_division_labels_and_file_format_do_not_matter()
    {
        using var folder = new TempFolder();
        var name = DataFingerprint.Of(new ImageData(Set));
        NpzFile.Write(Set, folder["set.npz"]);
        ImageFolder.Write(Set, folder["images"]);
        var shuffled = Set.Subset([7, 3, 11, 0, 5, 9, 1, 10, 2, 8, 6, 4]);

        Assert.Equal(name, DataFingerprint.Of(new ImageData(shuffled)));
        Assert.Equal(name, DataFingerprint.Of(new ImageData(shuffled.Subset([.. Enumerable.Range(0, 8)]), test: shuffled.Subset([8, 9, 10, 11]))));
        Assert.Equal(name, DataFingerprint.Of(new ImageData(new ImageSet(Set.Shape, Set.Pixels))));
        Assert.Equal(name, DataFingerprint.Of(ImageData.Open(folder["set.npz"])));
        Assert.Equal(name, DataFingerprint.Of(ImageData.Open(folder["images"])));
    }

    [Fact]
    public void Other_content_has_another_name()
    {
        var pixels = (byte[])Set.Pixels.Clone();
        pixels[^1] ^= 1;
        ImageData[] others = [new(new ImageSet(Set.Shape, pixels)), new(Set.Subset([.. Enumerable.Range(0, 11)])), new(Set.Subset([0, .. Enumerable.Range(0, 12)]))];
        Assert.Equal(4, others.Append(new ImageData(Set)).Select(DataFingerprint.Of).Distinct().Count());
    }
}
